import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureWorker } from './ensureWorker.ts';
import { cachedWorkerPath } from './recipe.ts';
import { workerBinary } from './workerBinary.ts';

let folder: string;
let server: Server;
let downloads: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ensure-'));
  downloads = 0;
  // The worker that this machine already has plays mediasoup's prebuilt one.
  const archive = execFileSync('tar', ['-cz', '-C', dirname(workerBinary()), 'mediasoup-worker'], {
    maxBuffer: 100_000_000,
  });
  server = createServer((_request, response) => {
    downloads += 1;
    response.end(archive);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

function emptyCache(): NodeJS.ProcessEnv {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    COMMONSIGHT_CACHE_DIR: folder,
    MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: `http://127.0.0.1:${port}`,
  };
}

test('two that start at once get the worker once, and nothing unfinished stays', async () => {
  const env = emptyCache();
  const path = cachedWorkerPath(env);
  const abandoned = `${dirname(path)}.unfinished-1`;
  mkdirSync(abandoned, { recursive: true });
  const options = { env, progress: () => {} };
  expect(await Promise.all([ensureWorker(options), ensureWorker(options)])).toEqual([path, path]);
  expect(downloads).toBe(1);
  expect(readdirSync(dirname(path))).toEqual(['mediasoup-worker']);
  expect(existsSync(abandoned)).toBe(false);
  expect(await ensureWorker(options)).toBe(path);
  expect(downloads).toBe(1);
});

test('before a build its packages are asked for, and a refusal leaves the cache empty', async () => {
  const env = { ...emptyCache(), MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: '1' };
  const lines: string[] = [];
  const refusal = ensureWorker({
    env,
    progress: (line) => lines.push(line),
    beforeBuild: () => Promise.reject(new Error('no packages')),
  });
  await expect(refusal).rejects.toThrow('no packages');
  expect(existsSync(dirname(cachedWorkerPath(env)))).toBe(false);
  expect(lines.at(-1)).toContain('No prebuilt worker');
});
