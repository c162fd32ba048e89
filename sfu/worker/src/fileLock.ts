import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';

export interface FileLock {
  release(): Promise<void>;
}

/** The exit code that we ask flock(1) to end with when somebody else holds the lock. */
const heldByAnother = 75;
/** A lock that is free is had at once; only a longer wait is worth a word. */
const patienceMs = 500;

/**
 * Waits until this process alone holds the lock file and calls `onWait` when that takes a while; with `'fail'` it does
 * not wait but returns undefined. The lock is the kernel's (flock(2) through util-linux's command, as Node has no call
 * for it): it ends with its holder, however the holder ends, so no lock is ever left behind.
 */
export async function takeFileLock(lockFile: string, onWait: () => void): Promise<FileLock>;
export async function takeFileLock(lockFile: string, onWait: 'fail'): Promise<FileLock | undefined>;
export async function takeFileLock(lockFile: string, onWait: (() => void) | 'fail'): Promise<FileLock | undefined> {
  mkdirSync(dirname(lockFile), { recursive: true });
  const options = onWait === 'fail' ? ['--nonblock', '--conflict-exit-code', String(heldByAnother)] : [];
  // `cat` holds the lock until its standard input, whose other end is ours, is closed.
  const holder = spawn('flock', [...options, lockFile, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Out of the terminal's process group: Ctrl-C is for us, who then release it in our own order.
    detached: true,
  });
  const closed = new Promise<number | null>((resolve) => holder.once('close', resolve));
  const complaint = text(holder.stderr);
  const patience = setTimeout(onWait === 'fail' ? () => {} : onWait, patienceMs);
  const held = new Promise<true>((resolve) => holder.stdout.once('data', () => resolve(true)));
  const failed = new Promise<never>((_resolve, reject) => holder.once('error', reject));
  try {
    const outcome = await Promise.race([held, closed, failed]);
    if (outcome === heldByAnother && onWait === 'fail') return undefined;
    if (outcome !== true) throw new Error(`${lockFile} cannot be locked: ${(await complaint).trim()}`);
  } finally {
    clearTimeout(patience);
  }
  return {
    async release() {
      holder.stdin.end();
      await closed;
    },
  };
}
