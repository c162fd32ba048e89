import { useServerNowMs } from '../incident/ticking.ts';
import { warnBeforeLockMs } from '../state/SessionLock.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { lockWords } from './lockWords.ts';

/** Stands above everything in the minute before the session locks. Any movement takes it away. */
export function LockWarning({ locksAt }: { locksAt: string }) {
  const leftMs = Date.parse(locksAt) - useServerNowMs();
  if (leftMs > warnBeforeLockMs) return null;
  return (
    <div className="pointer-events-none fixed inset-x-0 top-14 z-(--z-toast) flex justify-center p-2">
      <div className="flex items-center gap-3 rounded-lg bg-surface-3 px-4 py-3 text-base shadow-raised">
        <StatusSymbol kind="warn" className="size-4" />
        {/* Read out once: the seconds are for the eye. */}
        <span role="alert">This session locks soon. Move the pointer or press a key to stay.</span>
        <span className="figures text-muted" aria-hidden>
          {lockWords(leftMs)}
        </span>
      </div>
    </div>
  );
}
