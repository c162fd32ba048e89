import { randomBytes } from 'node:crypto';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { largestFootageBytes, mostFootageFiles } from '@commonsight/types/footage';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { footageFiles } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { dayMs, FootageStage, later, sha256Of, tus } from './testing/FootageStage.ts';

let stage: FootageStage;

beforeAll(async () => {
  stage = await FootageStage.create();
});

// Each test has a day's requests of its own.
beforeEach(() => stage.changeAnalyst());

afterAll(() => stage.close());

const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;

/** Somebody who has said that it is there. */
async function answered(asked: object = {}) {
  const opened = await stage.opened(asked);
  await stage.answer(opened.session, 'hasIt');
  return opened;
}

test('FTG4 an upload that is cut goes on, arrives as it was, and is downloaded with its line first', async () => {
  const { request, session } = await answered();
  const bytes = randomBytes(300_001);
  const path = await stage.begun(session, bytes, '../../Jardín "1".mp4');
  expect((await stage.stateOf(request.id)).state).toBe('uploading');
  let offset = 0;
  for (const sendBytes of [1, 65_536, 100_003]) {
    const before = offset;
    // The question where to go on ends the part, which keeps what came; asked too early it finds that nothing did.
    while (offset === before) {
      const going = await stage.startPart(session, path, { offset, body: bytes.subarray(offset), sendBytes });
      offset = await stage.offsetOf(session, path);
      going.destroy();
    }
    expect(offset).toBeLessThanOrEqual(before + sendBytes);
  }
  // A line that is gone at once: whatever came of it, it goes on from what the server says.
  const broken = await stage.startPart(session, path, { offset, body: bytes.subarray(offset), sendBytes: 65_536 });
  broken.destroy();
  offset = await stage.offsetOf(session, path);
  expect((await stage.patch(session, path, bytes.length - 1, bytes.subarray(-1))).status).toBe(409);
  const goOn = async () => {
    offset = await stage.offsetOf(session, path);
    return (await stage.patch(session, path, offset, bytes.subarray(offset))).status;
  };
  await expect.poll(goOn, { timeout: 60_000 }).toBe(204);
  const { state, files } = await stage.stateOf(request.id);
  const [file] = files;
  expect([state, file?.name, file?.sha256]).toEqual(['received', 'Jardín _1_.mp4', sha256Of(bytes)]);
  const fileId = file?.id ?? '';
  const answer = await fetch(`${stage.origin}/api/footage-files/${fileId}`, {
    headers: { cookie: stage.analyst.cookie },
  });
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': String(bytes.length),
    'content-disposition': `attachment; filename="Jard_n _1_.mp4"; filename*=UTF-8''Jard%C3%ADn%20_1_.mp4`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(await stage.typesAbout(fileId)).toEqual(['footage.downloaded']);
  expect(await stage.typesAbout(request.id)).toContain('footage.received');
  for (const name of await stage.storedFiles()) {
    const stored = await readFile(join(stage.server.config.dataDir, 'footage', name));
    expect(stored.includes(bytes.subarray(1_000, 1_032))).toBe(false);
  }
});

test('FTG4 nothing is appended to a whole file, not even nothing, while it is compared and after', async () => {
  const { request, session } = await answered();
  const bytes = randomBytes(200_000);
  const path = await stage.begun(session, bytes);
  const id = path.split('/').at(-1) ?? '';
  const { uploads } = stage.services;
  const [secret = ''] = Object.values(session);
  const uploader = await uploads.uploader({ actor: { kind: 'anonymous', sourceAddress: null }, secret }, null);
  await uploads.append(uploader, id, 0, Readable.from([bytes]));
  const [finished, empty, again] = await Promise.allSettled([
    uploads.finish(uploader, id),
    uploads.append(uploader, id, bytes.length, Readable.from([])),
    uploads.finish(uploader, id),
  ]);
  expect([finished.status, again.status]).toEqual(['fulfilled', 'fulfilled']);
  expect(empty).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } });
  expect((await stage.patch(session, path, bytes.length, Buffer.alloc(0))).status).toBe(409);
  expect((await stage.remove(session, path)).status).toBe(409);
  const types = await stage.typesAbout(request.id);
  expect(types.filter((type) => type === 'footage.received')).toHaveLength(1);
  const answer = await fetch(`${stage.origin}/api/footage-files/${id}`, { headers: { cookie: stage.analyst.cookie } });
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
});

test('FTG5 a file with another hash is refused, and nothing of it is kept', async () => {
  const { request, session } = await answered();
  const before = await stage.storedFiles();
  const bytes = randomBytes(100_000);
  const begun = await stage.begin(session, { bytes: bytes.length, sha256: sha256Of(randomBytes(9)) });
  const path = begun.headers.get('location') ?? '';
  const answer = await stage.patch(session, path, 0, bytes);
  expect([answer.status, await codeOf(answer)]).toEqual([422, 'hashMismatch']);
  expect(await stage.storedFiles()).toEqual(before);
  expect(await stage.stateOf(request.id)).toMatchObject({ state: 'hasIt', files: [] });
  expect((await stage.head(session, path)).status).toBe(404);
  expect(await stage.typesAbout(request.id)).toContain('footage.uploadRefused refused');
});

test('FTG5 a file that cannot be read back is refused like one with another hash, and can be sent again', async () => {
  const { request, session } = await answered();
  const bytes = randomBytes(100_000);
  const path = await stage.begun(session, bytes);
  expect((await stage.patch(session, path, 0, bytes.subarray(0, -10))).status).toBe(204);
  const name = (await stage.storedFiles()).find((each) => each.includes(path.split('/').at(-1) ?? '')) ?? '';
  await writeFile(join(stage.server.config.dataDir, 'footage', name), Buffer.alloc(10));
  const answer = await stage.patch(session, path, bytes.length - 10, bytes.subarray(-10));
  expect([answer.status, await codeOf(answer)]).toEqual([422, 'hashMismatch']);
  expect(await stage.storedFiles()).not.toContain(name);
  expect(await stage.typesAbout(request.id)).toContain('footage.uploadRefused refused');
  expect((await stage.upload(session, bytes)).status).toBe(204);
});

test('FTG5 empty, too large and too many files are refused, also without a hash or before it is said that they are there', async () => {
  const { session } = await stage.opened();
  const before = await stage.storedFiles();
  expect(await codeOf(await stage.begin(session, { bytes: 5 }))).toBe('conflict');
  await stage.answer(session, 'hasIt');
  expect(await codeOf(await stage.begin(session, { bytes: 0 }))).toBe('badRequest');
  expect(await codeOf(await stage.begin(session, { bytes: 10_000_000_000 }))).toBe('tooLarge');
  expect(await codeOf(await stage.begin(session, { bytes: largestFootageBytes + 1 }))).toBe('tooLarge');
  expect(await codeOf(await stage.begin(session, { bytes: 5, sha256: 'none' }))).toBe('badRequest');
  expect((await stage.begin({}, { bytes: 5 })).status).toBe(401);
  expect(await stage.storedFiles()).toEqual(before);
  for (let made = 0; made < mostFootageFiles; made += 1) {
    expect((await stage.begin(session, { bytes: 5 })).status).toBe(201);
  }
  expect(await codeOf(await stage.begin(session, { bytes: 5 }))).toBe('conflict');
});

test('FTG5 more bytes than were declared, and parts that are too large, are refused with a line', async () => {
  const { request, session } = await answered();
  const path = await stage.begun(session, randomBytes(100));
  expect((await stage.patch(session, path, 0, randomBytes(101))).status).toBe(413);
  expect((await stage.patch(session, path, 0, randomBytes(9 * 1024 ** 2))).status).toBe(413);
  expect(await stage.offsetOf(session, path)).toBe(0);
  const refused = (await stage.linesAbout(request.id)).filter(({ type }) => type === 'footage.uploadRefused');
  expect(refused).toMatchObject([{ details: { code: 'tooLarge' } }, { details: { code: 'tooLarge' } }]);
  // Everywhere else a body stays small.
  const large = await stage.analyst.call('POST', '/api/footage-requests', { text: 'x'.repeat(70_000) });
  expect(large.status).toBe(413);
});

test('a body that does not say how long it is, or comes with what takes none, is refused', async () => {
  const { session } = await answered();
  const path = await stage.begun(session, randomBytes(100));
  const sent = (method: string, address: string, headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const asking = httpRequest(stage.origin + address, {
        method,
        headers: { ...session, ...tus, 'content-type': 'application/offset+octet-stream', ...headers },
      });
      asking.on('response', (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asking.on('error', reject);
      // Without a length Node sends it in chunks.
      asking.write('0123456789');
      asking.end();
    });
  expect(await sent('PATCH', path, { 'upload-offset': '0' })).toBe(400);
  const hash = Buffer.from('0'.repeat(64)).toString('base64');
  const begins = { 'upload-length': '10', 'upload-metadata': `sha256 ${hash}` };
  expect(await sent('POST', '/api/registry/footage/uploads', begins)).toBe(400);
  expect(await stage.offsetOf(session, path)).toBe(0);
});

test('a session reaches its own request’s uploads alone, whatever else the address says', async () => {
  const [one, other] = [await answered(), await answered()];
  const path = await stage.begun(one.session, randomBytes(10));
  expect((await stage.patch(other.session, path, 0, randomBytes(10))).status).toBe(404);
  expect((await stage.remove(other.session, path)).status).toBe(404);
  expect((await stage.head(other.session, path)).status).toBe(404);
  expect(await stage.typesAbout(other.request.id)).toEqual(
    expect.arrayContaining(['footage.received refused', 'footage.uploadRemoved refused']),
  );
  const mine = await stage.begun(other.session, randomBytes(10));
  // The own one, with another's id where somebody else might look for it.
  expect((await stage.remove(other.session, `${mine}?/${path.split('/').at(-1) ?? ''}`)).status).toBe(204);
  expect((await stage.head(other.session, mine)).status).toBe(404);
  expect((await stage.head(one.session, path)).status).toBe(200);
  expect((await stage.head(one.session, '/api/registry/footage/uploads/x')).status).toBe(404);
  expect((await stage.remove(one.session, path)).status).toBe(204);
  expect((await stage.stateOf(one.request.id)).state).toBe('hasIt');
});

test('a file whose stored bytes were changed or cut is not handed out as whole', async () => {
  const { request, session } = await answered();
  await stage.upload(session, randomBytes(200_000));
  const [file] = (await stage.stateOf(request.id)).files;
  const where = eq(footageFiles.id, file?.id ?? '');
  // Who owns the database makes the file look shorter.
  const [row] = await stage.db.select().from(footageFiles).where(where);
  await stage.db
    .update(footageFiles)
    .set({ segments: (row?.segments ?? 0) - 1 })
    .where(where);
  const read = fetch(`${stage.origin}/api/footage-files/${file?.id ?? ''}`, {
    headers: { cookie: stage.analyst.cookie },
  });
  await expect(read.then((answer) => answer.arrayBuffer())).rejects.toThrow('terminated');
});

test('an upload that was given up is removed after a while, with its line, once', async () => {
  const { session } = await answered({ deadline: later(30 * dayMs) });
  const path = await stage.begun(session, randomBytes(10));
  const id = path.split('/').at(-1) ?? '';
  const isStored = async () => (await stage.storedFiles()).some((name) => name.includes(id));
  const { clock } = stage.services;
  await clock.run(new Date(Date.now() + dayMs));
  expect(await isStored()).toBe(true);
  const over = new Date(Date.now() + 8 * dayMs);
  await Promise.all([clock.run(over), clock.run(over)]);
  expect(await isStored()).toBe(false);
  expect(await stage.typesAbout(id)).toEqual(['footage.uploadRemoved']);
});

test('a stored file that no record names is removed when it is a week old, and no other', async () => {
  const { request, session } = await answered({ deadline: later(30 * dayMs) });
  await stage.upload(session, randomBytes(10));
  const [received] = (await stage.stateOf(request.id)).files;
  const folder = join(stage.server.config.dataDir, 'footage', newId());
  await mkdir(folder);
  const [old, fresh] = [newId(), newId()];
  for (const id of [old, fresh]) await writeFile(join(folder, `${id}.sealed`), 'x');
  const soon = new Date(Date.now() + 5 * dayMs);
  await utimes(join(folder, `${fresh}.sealed`), soon, soon);
  await stage.services.clock.run(new Date(Date.now() + 9 * dayMs));
  const left = await stage.storedFiles();
  const isLeft = (id = 'none') => left.some((name) => name.includes(id));
  expect([isLeft(received?.id), isLeft(fresh), isLeft(old)]).toEqual([true, true, false]);
});
