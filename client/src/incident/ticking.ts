import { useSyncExternalStore } from 'react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { localNowMs } from '../signaling/ServerClock.ts';

/**
 * One clock for everything on the screen that counts time: it ticks each second while somebody looks, and all rows
 * change in the same moment.
 */
export function createTicking(nowMs: () => number, intervalMs = 1000) {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let tickMs = nowMs();
  return {
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      if (timer === undefined) {
        tickMs = nowMs();
        timer = setInterval(() => {
          tickMs = nowMs();
          for (const tell of listeners) tell();
        }, intervalMs);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read: () => tickMs,
  };
}

const ticking = createTicking(localNowMs);

/** The server's time, new each second. */
export function useServerNowMs(): number {
  const { clock } = useWorkspace();
  return useSyncExternalStore(ticking.subscribe, ticking.read) + clock.offsetMs;
}
