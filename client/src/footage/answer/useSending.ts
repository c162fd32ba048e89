import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { FileUpload } from './FileUpload.ts';

/**
 * While a file is read or sent: the screen stays on, because a phone that sleeps sends nothing, and the page is not left without
 * a question. When the line or the person is back, what has given up goes on.
 */
export function useSending(uploads: readonly FileUpload[]): void {
  const subscribe = useCallback(
    (notify: () => void) => {
      const stops = uploads.map(({ store }) => store.subscribe(notify));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [uploads],
  );
  const isSending = useSyncExternalStore(subscribe, () => uploads.some(isUnderWay));

  useEffect(() => {
    const wake = (): void => {
      if (document.visibilityState !== 'visible') return;
      for (const upload of uploads) upload.wake();
    };
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [uploads]);

  useEffect(() => {
    if (!isSending) return undefined;
    const ask = (leaving: BeforeUnloadEvent): void => leaving.preventDefault();
    window.addEventListener('beforeunload', ask);
    const light = keepScreenOn();
    return () => {
      window.removeEventListener('beforeunload', ask);
      light.end();
    };
  }, [isSending]);
}

function isUnderWay({ store }: FileUpload): boolean {
  const { state } = store.getState();
  return state === 'waiting' || state === 'hashing' || state === 'uploading';
}

/** As far as the browser allows it. It is taken away whenever the page is hidden, and asked for again. */
function keepScreenOn(): { end: () => void } {
  let lock: WakeLockSentinel | null = null;
  let isOver = false;
  const ask = async (): Promise<void> => {
    if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
    // Refused, as with a low battery: then the person keeps it on.
    const got = await navigator.wakeLock.request('screen').catch(() => null);
    if (isOver) await got?.release();
    else lock = got;
  };
  const askAgain = (): void => void ask();
  document.addEventListener('visibilitychange', askAgain);
  void ask();
  return {
    end: () => {
      isOver = true;
      document.removeEventListener('visibilitychange', askAgain);
      void lock?.release();
    },
  };
}
