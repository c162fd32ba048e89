import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';

export interface FileLock {
  release(): Promise<void>;
}

/**
 * Waits until this process alone holds the lock file. The lock is the kernel's (flock(2) through util-linux's command,
 * as Node has no call for it): it ends with its holder, however the holder ends, so that no lock is ever left behind.
 */
export async function takeFileLock(lockFile: string, onWait: () => void): Promise<FileLock> {
  mkdirSync(dirname(lockFile), { recursive: true });
  // `cat` holds the lock until its standard input, whose other end is ours, is closed.
  const holder = spawn('flock', [lockFile, 'sh', '-c', 'echo held; exec cat'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => holder.once('close', () => resolve()));
  const complaint = text(holder.stderr);
  const patience = setTimeout(onWait, 500);
  try {
    await new Promise<void>((resolve, reject) => {
      holder.once('error', reject);
      holder.stdout.once('data', () => resolve());
      holder.once('close', () => {
        complaint.then((reason) => reject(new Error(`${lockFile} cannot be locked: ${reason.trim()}`)), reject);
      });
    });
  } finally {
    clearTimeout(patience);
  }
  return {
    async release() {
      holder.stdin.end();
      await ended;
    },
  };
}
