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
  const finished = waitForEnd(child, program, () => complaint);
  // Whoever writes to the process hears of its end later; until then a failure must not count as unhandled.
  finished.catch(() => undefined);
  child.stdin.on('error', () => undefined);
  return { child, finished };
}

async function waitForEnd(child: RunningProcess, program: string, complaint: () => string): Promise<void> {
  let code: unknown;
  try {
    [code] = await once(child, 'close');
  } catch (error) {
    throw new Error(`${program} cannot be started.`, { cause: error });
  }
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${complaint().trim()}`);
}
