import { expect, test } from 'vitest';
import { launchersOf, readProcess } from './launchers.ts';

/** Each command line with the next one as its parent. */
function chain(...commandLines: string[]) {
  return (pid: number) => {
    const commandLine = commandLines[pid - 100];
    return commandLine === undefined ? undefined : { pid, parentPid: pid + 1, commandLine };
  };
}

const up = 'node tests/training/up.ts';

test('npm, npx, pnpm and the shells between them are launchers, the shell that typed the command is not', () => {
  const read = chain(
    up,
    'sh -c node up.ts',
    'pnpm run up',
    'npm exec pnpm run up',
    'npm start',
    'sh -c npm start',
    'init',
  );
  expect(launchersOf(100, read).map(({ pid }) => pid)).toEqual([101, 102, 103, 104]);
});

test('pnpm as a script of Node is a launcher', () => {
  const read = chain(up, 'sh -c node up.ts', 'node /usr/lib/node_modules/pnpm/bin/pnpm.cjs run up', '-bash');
  expect(launchersOf(100, read).map(({ pid }) => pid)).toEqual([101, 102]);
});

test('started by hand it has none', () => {
  expect(launchersOf(100, chain(up, '-bash', 'sshd'))).toEqual([]);
  expect(launchersOf(100, chain(up, 'sh -c node up.ts & wait', 'init'))).toEqual([]);
});

test('a process is read with its parent, and one that is not there is nothing', () => {
  expect(readProcess(process.pid)).toMatchObject({ pid: process.pid, parentPid: process.ppid });
  expect(readProcess(2 ** 30)).toBeUndefined();
});
