import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { largestFootageBytes, mostUnfinishedBytes } from '@commonsight/types/footage';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Refusals } from '../audit/Refusals.ts';
import { auditEvents } from '../db/schema.ts';
import { createLogger } from '../logger.ts';
import { newId } from '../ids.ts';
import { FootageFolder } from './FootageFolder.ts';
import { FootageUploads } from './FootageUploads.ts';
import { SealedFile } from './SealedFile.ts';
import { FootageStage, sha256Of, tus } from './testing/FootageStage.ts';
import { TusDoor } from './TusDoor.ts';

const gibibyte = 1024 ** 3;
const reserveBytes = 2 * gibibyte;
const logger = createLogger('silent');
const nobody = { kind: 'anonymous', sourceAddress: '203.0.113.7' } as const;

let stage: FootageStage;
/** Of the disk, as the uploads below find it. */
let freeBytes = 0;

beforeAll(async () => {
  stage = await FootageStage.create();
});

// Each test has a day's requests of its own, and nobody's files on their way.
beforeEach(() => stage.changeAnalyst());

afterAll(() => stage.close());

function makeUploads(folder: ConstructorParameters<typeof FootageUploads>[0]['folder'] = makeFolder()) {
  const { db, audit, services } = stage;
  const { keys, answers } = services;
  return new FootageUploads({ db, audit, refusals: new Refusals({ audit }), folder, keys, answers, logger });
}

function makeFolder(): FootageFolder {
  const { dataDir } = stage.server.config;
  return new FootageFolder({ dataDir, keys: stage.services.keys, freeBytesOf: async () => freeBytes });
}

/** Somebody who has said that it is there, as the uploads know them. */
async function uploaderOf(uploads: FootageUploads) {
  const { request, session } = await stage.opened();
  await stage.answer(session, 'hasIt');
  const [secret = ''] = Object.values(session);
  return { request, session, uploader: await uploads.uploader({ actor: nobody, secret }, null) };
}

const large = { sizeBytes: largestFootageBytes, name: 'door.mp4', sha256: '0'.repeat(64) };

test('FTG8 room is held for what was promised to everybody, also for what begins at once', async () => {
  const uploads = makeUploads();
  const [one, other] = [await uploaderOf(uploads), await uploaderOf(uploads)];
  freeBytes = reserveBytes + 6 * gibibyte;
  const begun = await Promise.allSettled([
    uploads.begin(one.uploader, newId(), large),
    uploads.begin(other.uploader, newId(), large),
  ]);
  expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(begun.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'storageFull' } });
  const lines = [...(await stage.typesAbout(one.request.id)), ...(await stage.typesAbout(other.request.id))];
  expect(lines.filter((type) => type === 'footage.uploadStarted')).toHaveLength(1);
  expect(lines.filter((type) => type === 'footage.uploadStarted refused')).toHaveLength(1);
});

test('FTG8 one answer has room for so much at a time', async () => {
  const uploads = makeUploads();
  freeBytes = 1_000 * gibibyte;
  const { uploader } = await uploaderOf(uploads);
  for (let bytes = 0; bytes < mostUnfinishedBytes; bytes += largestFootageBytes) {
    await uploads.begin(uploader, newId(), large);
  }
  const another = uploads.begin(uploader, newId(), { ...large, sizeBytes: 1 });
  await expect(another).rejects.toMatchObject({ code: 'conflict' });
});

test('FTG8 no part is taken into the reserve; what has arrived stays and goes on when there is room', async () => {
  const uploads = makeUploads();
  freeBytes = 1_000 * gibibyte;
  const { uploader } = await uploaderOf(uploads);
  const bytes = randomBytes(1_000);
  const id = newId();
  await uploads.begin(uploader, id, { sizeBytes: 1_000, name: 'door.mp4', sha256: sha256Of(bytes) });
  await uploads.append(uploader, id, 0, Readable.from([bytes.subarray(0, 400)]));
  freeBytes = reserveBytes;
  const refused = uploads.append(uploader, id, 400, Readable.from([bytes.subarray(400)]));
  await expect(refused).rejects.toMatchObject({ code: 'storageFull' });
  expect((await uploads.own(uploader, id)).offsetBytes).toBe(400);
  freeBytes = 1_000 * gibibyte;
  await uploads.append(uploader, id, 400, Readable.from([bytes.subarray(400)]));
  await uploads.finish(uploader, id);
  expect((await uploads.own(uploader, id)).receivedAt).not.toBeNull();
});

test('a disk that is full while a part is written answers so, and nothing of the part counts', async () => {
  const folder = makeFolder();
  /** A disk that takes nothing. */
  class FullFile extends SealedFile {
    override append(): Promise<never> {
      return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    }
  }
  const uploads = makeUploads({
    hasRoomFor: async () => true,
    make: (caseId, fileId) => folder.make(caseId, fileId),
    remove: (caseId, fileId) => folder.remove(caseId, fileId),
    open: (of, id) => new FullFile({ path: '/nowhere', key: stage.services.keys.fileKeyOf(of, id), id }),
  });
  const { uploader } = await uploaderOf(uploads);
  const fileId = newId();
  await uploads.begin(uploader, fileId, { sizeBytes: 10, name: 'door.mp4', sha256: '0'.repeat(64) });
  const door = new TusDoor(uploads, logger);
  const http = createServer((request, response) => void door.answer({ uploader, fileId }, request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  try {
    const answer = await fetch(`http://127.0.0.1:${(http.address() as AddressInfo).port}/x/${fileId}`, {
      method: 'PATCH',
      headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: '0123456789',
    });
    expect([answer.status, await answer.json()]).toMatchObject([507, { error: { code: 'storageFull' } }]);
  } finally {
    http.closeAllConnections();
    http.close();
  }
  expect((await uploads.own(uploader, fileId)).offsetBytes).toBe(0);
});

test('LOG11 FTG5 a flood of refusals from one address does not drown the log, and harms no other address', async () => {
  const uploads = makeUploads();
  const sourceAddress = '198.51.100.9';
  const ask = (address: string, type: 'footage.received' | null) =>
    uploads
      .uploader({ actor: { kind: 'anonymous', sourceAddress: address }, secret: 'x'.repeat(43) }, type)
      .then(() => 'let in')
      .catch((error: unknown) => (error as { code: string }).code);
  const codes = await Promise.all(Array.from({ length: 300 }, () => ask(sourceAddress, 'footage.received')));
  expect(new Set(codes)).toEqual(new Set(['notSignedIn', 'tooManyRequests']));
  const lines = await stage.db.select().from(auditEvents).where(eq(auditEvents.sourceAddress, sourceAddress));
  expect(lines).toHaveLength(codes.filter((code) => code === 'notSignedIn').length);
  expect(await ask('198.51.100.10', 'footage.received')).toBe('notSignedIn');
  // Where to go on is asked again and again, and writes no line.
  expect(await ask(sourceAddress, null)).toBe('notSignedIn');
  const after = await stage.db.select().from(auditEvents).where(eq(auditEvents.sourceAddress, sourceAddress));
  expect(after).toHaveLength(lines.length);
});
