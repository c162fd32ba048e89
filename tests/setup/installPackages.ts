import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { runProgram } from '@commonsight/worker/runProgram';
import { SetupError } from './SetupError.ts';

const policyFile = '/usr/sbin/policy-rc.d';

/** Runs apt-get as root. */
export async function installPackages(packages: readonly string[], progress: (line: string) => void): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  try {
    await runProgram({ program: 'apt-get', args: ['update', '-q'], env });
  } catch {
    // An old package list may still do; if it does not, the install says which package it misses.
    progress('apt-get update failed. Trying with the package list that is here.');
  }
  const servicesAllowed = keepServicesStopped(policyFile, process.pid);
  try {
    const options = ['-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=120'];
    await runProgram({
      program: 'apt-get',
      args: ['install', '-y', '-q', '--no-install-recommends', ...options, ...packages],
      env,
    });
  } catch (error) {
    throw new SetupError(
      `apt-get could not install ${packages.join(' ')}. It said: ${aptReason(error instanceof Error ? error.message : '')}`,
    );
  } finally {
    servicesAllowed();
  }
}

/** apt's own error lines, without the dozens around them. */
export function aptReason(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const errors = lines.filter((line) => line.startsWith('E: '));
  return (errors.length > 0 ? errors : lines.slice(-3)).map((line) => line.replace(/^E: /, '')).join(' ');
}

/**
 * Packages such as redis-server start a service when they are installed, which nobody here asked for: ours run on ports
 * and folders of their own. Debian asks this script before it starts one. A machine that has such a script keeps it.
 * Ours allows everything and removes itself when the process that wrote it is gone, so that a kill leaves no harm.
 */
export function keepServicesStopped(file: string, pid: number): () => void {
  if (existsSync(file)) return () => {};
  const text = `#!/bin/sh\nkill -0 ${pid} 2>/dev/null && exit 101\nrm -f "$0"\nexit 0\n`;
  writeFileSync(file, text, { mode: 0o755 });
  return () => {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) rmSync(file);
  };
}
