import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Stack } from './Stack.ts';
import { isRunning, planStandIn } from './testing/planStandIn.ts';

let folder: string;
let stack: Stack<'redis' | 'server' | 'relay'>;
let lines: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stack-'));
  lines = [];
  stack = new Stack({ started() {}, progress: (line) => lines.push(line) });
});
afterEach(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

test('closing ends every process and nothing is started again; twice is as good as once', async () => {
  await stack.add(await planStandIn('redis', folder));
  await stack.add(await planStandIn('server', folder));
  const { redis = 0, server = 0 } = stack.pids;
  expect([isRunning(redis), isRunning(server)]).toEqual([true, true]);
  await Promise.all([stack.close(), stack.close()]);
  expect([isRunning(redis), isRunning(server)]).toEqual([false, false]);
  expect(stack.pids).toEqual({});
  expect(lines).toEqual([]);
});

test('one process is killed and comes back while the others stay', async () => {
  await stack.add(await planStandIn('redis', folder));
  await stack.add(await planStandIn('relay', folder));
  const before = stack.pids;
  await stack.kill('relay');
  await stack.whenReady('relay');
  expect(stack.pids.redis).toBe(before.redis);
  expect(stack.pids.relay).not.toBe(before.relay);
});

test('a failing start leaves what was started before it to be closed', async () => {
  await stack.add(await planStandIn('redis', folder));
  await expect(stack.add(await planStandIn('server', folder, { FAILS: '1' }))).rejects.toThrow('did not start');
  expect(Object.keys(stack.pids)).toEqual(['redis']);
});

test('a start that is called off ends at once', async () => {
  const plan = { ...(await planStandIn('server', folder)), isReady: () => Promise.resolve(false) };
  await expect(stack.add(plan, AbortSignal.abort())).rejects.toThrow('abort');
  await stack.close();
  expect(stack.pids).toEqual({});
});

test('a process that was never added has no name', () => {
  expect(() => stack.kill('server')).toThrow('There is no process server.');
});
