import { warnBeforeLockMs } from '../state/SessionLock.ts';

/** `Locks in 24 min`, in the last minute by seconds. */
export function lockWords(leftMs: number): string {
  if (leftMs <= 0) return 'Locking';
  if (leftMs <= warnBeforeLockMs) return `Locks in ${Math.ceil(leftMs / 1_000)} s`;
  return `Locks in ${Math.ceil(leftMs / 60_000)} min`;
}
