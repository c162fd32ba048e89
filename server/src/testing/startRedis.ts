import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './freePort.ts';

/** Debian's. */
const program = 'redis-server';
const startTimeoutMs = 20_000;

/** A Redis of a test's own, which the test can kill and start again on the same port. */
export interface TestRedis {
  url: string;
  start(): Promise<void>;
  /** Keeps its connections and answers nothing any more. */
  freeze(): void;
  /** Ends it as a power cut would. Idempotent. */
  kill(): Promise<void>;
}

/** Starts Debian's redis-server on a free port, on loopback, without files. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  let child: ChildProcess | null = null;
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
      const started = spawn(program, args, { stdio: 'ignore' });
      child = started;
      await Promise.race([once(started, 'spawn'), once(started, 'error').then(([error]) => Promise.reject(error))]);
      await waitUntilItListens(port, started);
    },
    freeze: () => void child?.kill('SIGSTOP'),
    kill: async () => {
      if (child !== null && child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
      child = null;
    },
  };
  await redis.start();
  return redis;
}

async function waitUntilItListens(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error('Redis did not start.', { cause: error });
      await wait(30);
    } finally {
      socket.destroy();
    }
  }
}
