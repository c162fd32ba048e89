import { join } from 'node:path';
import { freePort } from '../ports.ts';
import type { ProcessPlan } from '../SupervisedProcess.ts';

/** A process that is ready when it answers over HTTP. */
export async function planStandIn<Name extends string>(
  name: Name,
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<ProcessPlan & { name: Name }> {
  const port = await freePort();
  return {
    name,
    program: process.execPath,
    args: [join(import.meta.dirname, 'standIn.ts')],
    env: { ...process.env, PORT: String(port), ...env },
    logFile: join(folder, `${name}.log`),
    isReady: async () => (await fetch(`http://127.0.0.1:${port}`)).ok,
    readyTimeoutMs: 30_000,
    stopGraceMs: 30_000,
  };
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
