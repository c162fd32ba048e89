import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ProcessPlan, SupervisedProcess } from './SupervisedProcess.ts';
import { isRunning, planStandIn } from './testing/planStandIn.ts';
import { until } from './until.ts';

let folder: string;
let supervised: SupervisedProcess | undefined;
let lines: string[];
let starts: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervised-'));
  lines = [];
  starts = 0;
});
afterEach(async () => {
  await supervised?.stop('SIGKILL');
  rmSync(folder, { recursive: true });
});

function supervise(plan: ProcessPlan): SupervisedProcess {
  supervised = new SupervisedProcess(plan, {
    progress: (line) => lines.push(line),
    started: () => {
      starts += 1;
    },
  });
  return supervised;
}

test('a start resolves when the process is ready, under the pid of the program itself', async () => {
  const plan = await planStandIn('server', folder);
  const standIn = supervise(plan);
  await standIn.start();
  const answer = await fetch(`http://127.0.0.1:${plan.env['PORT']}`);
  expect(Number(await answer.text())).toBe(standIn.pid);
});

test('a process that is killed is started again under a new pid, and that is said', async () => {
  const standIn = supervise(await planStandIn('server', folder));
  await standIn.start();
  const firstPid = standIn.pid;
  await standIn.kill();
  await standIn.whenReady(30_000);
  expect(standIn.pid).not.toBe(firstPid);
  expect(starts).toBe(2);
  expect(lines).toEqual(['The server process ended (SIGKILL). Starting it again in 0.25 s.']);
});

test('a stopped process stays stopped and can be started again', async () => {
  const standIn = supervise(await planStandIn('server', folder));
  await standIn.start();
  const { pid = 0 } = standIn;
  await standIn.stop();
  expect(isRunning(pid)).toBe(false);
  expect(standIn.pid).toBeUndefined();
  await standIn.start();
  expect(standIn.pid).toBeDefined();
  expect(lines).toEqual([]);
});

test('a process that does not follow SIGTERM is killed after its grace', async () => {
  const standIn = supervise({ ...(await planStandIn('server', folder, { STUBBORN: '1' })), stopGraceMs: 100 });
  await standIn.start();
  const { pid = 0 } = standIn;
  await standIn.stop();
  expect(isRunning(pid)).toBe(false);
});

test('a process that ends before it is ready is an error with its own words, and is not started again', async () => {
  const standIn = supervise(await planStandIn('server', folder, { FAILS: '1' }));
  await expect(standIn.start()).rejects.toThrow(
    'The server process did not start: The setting FAILS is wrong. (its log: ',
  );
  expect(starts).toBe(1);
  expect(standIn.pid).toBeUndefined();
});

test('a program that is not there is an error that names it', async () => {
  const standIn = supervise({ ...(await planStandIn('redis', folder)), program: 'no-such-program' });
  await expect(standIn.start()).rejects.toThrow(/redis process did not start: .*no-such-program/);
});

test('a process ends when the one that started it is killed with no chance to say so', async () => {
  const holder = spawn(process.execPath, [join(import.meta.dirname, 'testing/holdStandIn.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [pidLine] = await once(holder.stdout, 'data');
  const pid = Number(pidLine);
  expect(isRunning(pid)).toBe(true);
  holder.kill('SIGKILL');
  expect(await until(() => !isRunning(pid), { timeoutMs: 30_000 })).toBe(true);
});
