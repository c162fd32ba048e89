import { useEffect, useState } from 'react';

/** The page asks every two seconds; after some that failed, or a while asleep, nobody knows what is so now. */
const oldAfterMs = 15_000;
const lookEveryMs = 1_000;

/** Whether what was read at this moment may be old; also at once when the page comes back from sleep. */
export function useIsOld(readAtMs: number | null): boolean {
  const [isOld, setOld] = useState(false);
  useEffect(() => {
    const look = (): void => setOld(readAtMs !== null && Date.now() - readAtMs > oldAfterMs);
    look();
    const timer = window.setInterval(look, lookEveryMs);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('pageshow', look);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('pageshow', look);
    };
  }, [readAtMs]);
  return isOld;
}
