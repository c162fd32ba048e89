import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

export type RunningProcess = ChildProcessByStdio<Writable, null, Readable>;

/** Starts a program; `finished` resolves when it exits with 0 and else rejects with the end of what it complained. */
export function runProcess(
  program: string,
  args: readonly string[],
): { child: RunningProcess; finished: Promise<void> } {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  const finished = once(child, 'close').then(
    ([code]: unknown[]) => {
      if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${complaint.trim()}`);
    },
    (error: unknown) => {
      throw new Error(`${program} cannot be started.`, { cause: error });
    },
  );
  return { child, finished };
}
