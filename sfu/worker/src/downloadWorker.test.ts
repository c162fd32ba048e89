import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { downloadWorker, prebuiltName } from './downloadWorker.ts';

let folder: string;
let server: Server | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'download-'));
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

async function serve(answer: RequestListener): Promise<{ MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: string }> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: `http://127.0.0.1:${port}/releases` };
}

function archiveOf(name: string): Buffer {
  const file = join(folder, name);
  writeFileSync(file, '#!/bin/sh\nexit 41\n');
  chmodSync(file, 0o644);
  return execFileSync('tar', ['-cz', '-C', folder, name]);
}

test("the archive is asked for under mediasoup's name, unpacked and made executable", async () => {
  const asked: (string | undefined)[] = [];
  const archive = archiveOf('mediasoup-worker');
  const env = await serve((request, response) => {
    asked.push(request.url);
    response.end(archive);
  });
  const download = await downloadWorker(join(folder, 'out'), '3.27.1', env);
  expect(asked).toEqual([`/releases/3.27.1/${prebuiltName('3.27.1')}`]);
  expect(download).toEqual({ path: join(folder, 'out', 'mediasoup-worker') });
  expect(readFileSync(join(folder, 'out', 'mediasoup-worker'), 'utf8')).toContain('exit 41');
});

test('the name carries version, platform, processor and the major version of the kernel', () => {
  expect(prebuiltName('3.27.1', '6.1.0-13-amd64')).toBe(
    `mediasoup-worker-3.27.1-${process.platform}-${process.arch}-kernel6.tgz`,
  );
});

test('a release without a worker for this machine is no error', async () => {
  const env = await serve((_request, response) => response.writeHead(404).end());
  expect(await downloadWorker(folder, '1.0.0', env)).toEqual({ missing: expect.stringContaining('404') });
});

test('an archive that is damaged or holds something else is no error', async () => {
  const other = archiveOf('something-else');
  const archives = [Buffer.from('not an archive'), other];
  const env = await serve((_request, response) => response.end(archives.shift()));
  for (let round = 0; round < 2; round += 1) {
    expect(await downloadWorker(join(folder, 'out'), '1.0.0', env)).toEqual({
      missing: expect.stringContaining('damaged'),
    });
  }
});

test('a server that accepts and never answers is given up', async () => {
  const env = await serve(() => {});
  expect(await downloadWorker(folder, '1.0.0', env, undefined, 50)).toEqual({
    missing: expect.stringContaining('no answer'),
  });
});

test('nobody listening is no error, and neither is a wish to build', async () => {
  const env = await serve(() => {});
  server?.close();
  server?.closeAllConnections();
  expect(await downloadWorker(folder, '1.0.0', env)).toEqual({ missing: expect.stringContaining('cannot be reached') });
  expect(await downloadWorker(folder, '1.0.0', { MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: '1' })).toEqual({
    missing: 'MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD is set',
  });
});
