import { spawn } from 'node:child_process';

export interface Command {
  program: string;
  args: readonly string[];
  cwd: string;
  env?: NodeJS.ProcessEnv;
  timeoutMs: number;
}

/**
 * Runs a command that prints where we print, and returns its exit code; undefined when it was not there, was killed or
 * took too long. It has no standard input, so nothing can wait for an answer, and does not outlive us.
 */
export async function runCommand({ program, args, cwd, env, timeoutMs }: Command): Promise<number | undefined> {
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', program, ...args], {
    cwd,
    env: { ...process.env, ...plainOutput(), ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A process group of its own, so that what it started can be ended with it.
    detached: true,
  });
  const impatience = setTimeout(() => {
    console.log(`Ended after ${timeoutMs / 1000} s without a result.`);
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, timeoutMs);
  try {
    return await new Promise((resolve) => {
      child.once('error', () => resolve(undefined));
      child.once('close', (exitCode) => resolve(exitCode ?? undefined));
    });
  } finally {
    clearTimeout(impatience);
  }
}

/** Colour codes are noise in a file. */
function plainOutput(): NodeJS.ProcessEnv {
  return process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
}
