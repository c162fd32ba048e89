import { expect, test } from 'vitest';
import { runCommand } from './runCommand.ts';

const sh = (script: string, timeoutMs = 30_000) =>
  runCommand({ program: 'sh', args: ['-c', script], cwd: '/', timeoutMs });

test('the exit code is the answer, and standard input is empty', async () => {
  expect(await sh('exit 7')).toBe(7);
  expect(await sh('test -z "$(cat)"')).toBe(0);
});

test('what takes too long or ends by a signal has no exit code', async () => {
  expect(await sh('exec sleep 60', 50)).toBeUndefined();
  expect(await sh('kill -9 $$')).toBeUndefined();
});

test('a program that is not there is a failure', async () => {
  expect(await runCommand({ program: '/no/such/program', args: [], cwd: '/', timeoutMs: 30_000 })).not.toBe(0);
});
