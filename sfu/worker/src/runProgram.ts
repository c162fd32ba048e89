import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How many of the last lines go into the error. */
const keptLines = 40;

export interface ProgramRun {
  program: string;
  args: readonly string[];
  cwd?: string | undefined;
  env?: NodeJS.ProcessEnv | undefined;
  signal?: AbortSignal | undefined;
  onLine?: (line: string) => void;
}

/** Runs a program to its end. Throws with its last lines when it fails or is not there. */
export async function runProgram({ program, args, cwd, env, signal, onLine }: ProgramRun): Promise<void> {
  signal?.throwIfAborted();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd, env, signal });
  const lastLines: string[] = [];
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > keptLines) lastLines.shift();
      onLine?.(line);
    });
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode !== 0) throw new Error(`${program} failed:\n${lastLines.join('\n')}`);
}
