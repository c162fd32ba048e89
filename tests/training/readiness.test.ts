import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from './ports.ts';
import { redisAnswers, rtspAnswers } from './readiness.ts';
import { SupervisedProcess } from './SupervisedProcess.ts';

let folder: string;
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'readiness-'));
});
afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

async function answering(answer: string): Promise<number> {
  const port = await freePort();
  const listening = createServer((socket) => socket.once('data', () => socket.end(answer)));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
  return port;
}

test('Redis is ready when it takes the password', async () => {
  const port = await freePort();
  const redis = new SupervisedProcess(
    {
      name: 'redis',
      program: 'redis-server',
      args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder, '--requirepass', 'right'],
      env: process.env,
      logFile: join(folder, 'redis.log'),
      isReady: () => redisAnswers(port, 'right'),
      readyTimeoutMs: 30_000,
      stopGraceMs: 30_000,
    },
    { started() {}, progress() {} },
  );
  await redis.start();
  expect(await redisAnswers(port, 'wrong')).toBe(false);
  await redis.stop();
  await expect(redisAnswers(port, 'right')).rejects.toThrow('ECONNREFUSED');
});

test('cameras are ready when they speak RTSP, not when anybody listens', async () => {
  expect(await rtspAnswers(await answering('RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n'))).toBe(true);
  server?.close();
  expect(await rtspAnswers(await answering('HTTP/1.1 400 Bad Request\r\n\r\n'))).toBe(false);
});
