import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitingOf } from '../cameras/marks.ts';
import { listCameras } from '../cameras/readCamera.ts';
import { writeCamera } from '../cameras/writeCamera.ts';
import { Secret } from '../Secret.ts';
import { confirmAtConsole, listAwaiting } from './confirmCommand.ts';

let folder: string;
let printed: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confirm-'));
  printed = [];
});
afterEach(() => rm(folder, { recursive: true }));

async function bring(host: string): Promise<string> {
  const cameraId = randomUUID();
  const entry = {
    host,
    port: 8554,
    username: 'viewer',
    password: new Secret('correct horse'),
    transport: 'auto' as const,
    streams: { main: '/live' },
    tested: { main: 4_000, sub: null },
  };
  await writeCamera(folder, cameraId, entry, { awaitsAs: randomUUID() });
  return cameraId;
}

const confirm = (cameraId: string | undefined, answer: () => string | Promise<string> = () => 'yes') =>
  confirmAtConsole({
    folder,
    cameraId,
    progress: (line) => printed.push(line),
    ask: async () => answer(),
  });
const waiting = async () => [...awaitingOf(await listCameras(folder)).keys()];

test('those that wait are listed with where they are, and without their passwords', async () => {
  expect((await listAwaiting(folder)).lines).toEqual(['No camera waits for its owner.']);
  const id = await bring('10.0.0.7');
  const text = (await listAwaiting(folder)).lines.join('\n');
  expect(text).toContain(`${id}  10.0.0.7:8554  main /live (4000 kbit/s)`);
  expect(text).not.toContain('correct');
});

test('all are confirmed after they were shown and somebody said yes, and none that came in between', async () => {
  const id = await bring('10.0.0.7');
  expect(await confirm(undefined, () => 'no')).toEqual({ lines: ['Nothing was confirmed.'], exitCode: 1 });
  expect(await waiting()).toEqual([id]);
  let late = '';
  const { lines } = await confirm(undefined, async () => {
    late = await bring('10.0.0.8');
    return 'yes';
  });
  expect(printed.at(-1)).toContain('10.0.0.7');
  expect(lines).toEqual([`Confirmed ${id}.`, '1 confirmed.']);
  expect(await waiting()).toEqual([late]);
});

test('one is confirmed without a question; one whose entry has a mistake is not, and is named', async () => {
  const [one, other] = [await bring('10.0.0.7'), await bring('10.0.0.8')];
  expect((await confirm(one, () => Promise.reject(new Error('Nobody is asked.')))).exitCode).toBe(0);
  expect(await waiting()).toEqual([other]);
  const broken = { cameras: { [other]: { host: 'a', awaitsOwner: true, streams: 'none' } } };
  await writeFile(join(folder, 'cameras.json'), JSON.stringify(broken), { mode: 0o600 });
  const { lines, exitCode } = await confirm(other);
  expect(lines).toEqual([expect.stringContaining('has a mistake'), '0 confirmed.']);
  expect(exitCode).toBe(1);
});
