import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashFile } from './hashFile.ts';

test('a file of several parts has the hash that others find', async () => {
  const bytes = randomBytes(9 * 1024 ** 2 + 5);
  const told: number[] = [];
  const hash = await hashFile(new Blob([bytes]), {
    signal: new AbortController().signal,
    onProgress: (done) => told.push(done),
  });
  expect(hash).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(told.at(-1)).toBe(bytes.length);
  expect(told).toHaveLength(3);
});

test('it can be stopped', async () => {
  const hashing = hashFile(new Blob(['x']), { signal: AbortSignal.abort(), onProgress: () => undefined });
  await expect(hashing).rejects.toMatchObject({ name: 'AbortError' });
});

test('a browser that refuses WebAssembly finds the same, more slowly', async () => {
  const bytes = randomBytes(4 * 1024 ** 2 + 1);
  const hash = await hashFile(new Blob([bytes]), {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    makeHasher: () => Promise.reject(new Error('refused')),
  });
  expect(hash).toBe(createHash('sha256').update(bytes).digest('hex'));
});
