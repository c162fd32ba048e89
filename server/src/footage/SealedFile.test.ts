import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DamagedFile, SealedFile } from './SealedFile.ts';

let folder: string;
let path: string;
const key = randomBytes(32);
const empty = { offsetBytes: 0, storedBytes: 0, segments: 0 };
const plain = randomBytes(200_000);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commonsight-sealed-'));
});

beforeEach(async () => {
  path = join(folder, randomBytes(8).toString('hex'));
  await (await open(path, 'w')).close();
});

afterAll(() => rm(folder, { recursive: true }));

const sealedFile = (id = 'one') => new SealedFile({ path, key, id });

async function* parts(bytes: Buffer, partBytes = 30_000, failAfter = Number.POSITIVE_INFINITY) {
  for (let at = 0; at < bytes.length; at += partBytes) {
    if (at >= failAfter) throw new Error('The connection broke.');
    yield bytes.subarray(at, at + partBytes);
  }
}

async function readAll(extent: Parameters<SealedFile['read']>[0], isWhole: boolean, id?: string): Promise<Buffer> {
  const read: Buffer[] = [];
  for await (const part of sealedFile(id).read(extent, { isWhole })) read.push(part);
  return Buffer.concat(read);
}

async function writeWhole() {
  const { extent } = await sealedFile().append(empty, parts(plain));
  return sealedFile().seal(extent);
}

test('what was written is read, and stands nowhere in the clear', async () => {
  const extent = await writeWhole();
  expect(extent.offsetBytes).toBe(plain.length);
  expect((await readAll(extent, true)).equals(plain)).toBe(true);
  const stored = await readFile(path);
  expect(stored.includes(plain.subarray(0, 16))).toBe(false);
  expect(stored.length).toBe(extent.storedBytes);
});

test('a write that breaks off keeps what came, and goes on from there at any byte', async () => {
  let extent = { ...empty };
  // Prime, so that no cut falls on a segment's end.
  for (let at = 0; at < plain.length; at = extent.offsetBytes) {
    const rest = plain.subarray(at, at + 7_919);
    const broken = await sealedFile().append(extent, parts(rest, 1_009, 5_000));
    expect(broken.extent.offsetBytes).toBeGreaterThan(at);
    expect(broken.failure === null).toBe(rest.length <= 5_045);
    extent = broken.extent;
  }
  expect((await readAll(await sealedFile().seal(extent), true)).equals(plain)).toBe(true);
});

test('what a crash has left behind the extent is written over', async () => {
  const first = await sealedFile().append(empty, parts(plain.subarray(0, 100_000)));
  await sealedFile().append(first.extent, parts(plain.subarray(100_000, 170_001)));
  const again = await sealedFile().append(first.extent, parts(plain.subarray(100_000)));
  expect((await readAll(await sealedFile().seal(again.extent), true)).equals(plain)).toBe(true);
});

test('a changed byte, a cut, an exchange and another file’s segments are found', async () => {
  const extent = await writeWhole();
  const stored = await readFile(path);
  const { extent: unfinished } = await sealedFile().append(extent, parts(Buffer.alloc(0)));
  const segment = 4 + 28 + 64 * 1024;
  const [one, two] = [stored.subarray(0, segment), stored.subarray(segment, 2 * segment)];
  const damaged = {
    'a byte changed': Buffer.from(stored).fill(stored[5_000] === 0 ? 1 : 0, 5_000, 5_001),
    'two exchanged': Buffer.concat([two, one, stored.subarray(2 * segment)]),
    'one doubled': Buffer.concat([one, one, stored.subarray(2 * segment)]),
  };
  for (const bytes of Object.values(damaged)) {
    await writeFile(path, bytes);
    await expect(readAll(unfinished, true)).rejects.toThrow(DamagedFile);
  }
  await writeFile(path, stored);
  await truncate(path, extent.storedBytes - 1);
  await expect(readAll(extent, true)).rejects.toThrow(DamagedFile);
  // Without its end, and with a record that fits what is left.
  await writeFile(path, stored);
  const last = stored.length - (4 + 28);
  const shorter = { ...extent, segments: extent.segments - 1, storedBytes: last };
  await expect(readAll(shorter, true)).rejects.toThrow(DamagedFile);
  await expect(readAll(extent, true, 'another')).rejects.toThrow(DamagedFile);
});

test('nothing is appended to a file that has lost some of what it had, or is gone', async () => {
  const { extent } = await sealedFile().append(empty, parts(plain));
  await truncate(path, extent.storedBytes - 1);
  await expect(sealedFile().append(extent, parts(plain))).rejects.toThrow(DamagedFile);
  await expect(sealedFile().seal(extent)).rejects.toThrow(DamagedFile);
  await rm(path);
  await expect(readAll(extent, false)).rejects.toThrow(DamagedFile);
  await expect(sealedFile().append(extent, parts(plain))).rejects.toThrow(DamagedFile);
});

test('what the extent says beside itself is not given back', async () => {
  const { extent } = await sealedFile().append({ ...empty, id: 'a row' } as typeof empty, parts(plain));
  expect(Object.keys(extent).toSorted()).toEqual(['offsetBytes', 'segments', 'storedBytes']);
});
