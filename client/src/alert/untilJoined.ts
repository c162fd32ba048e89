import type { WallStore } from '../state/wall.ts';

/** A page that is opened joins its wall within this, or says itself why not. */
const joinTimeoutMs = 5_000;

/** Whether this window works on a wall, now or in a moment: a page that has just been opened joins it. */
export function untilJoined(store: WallStore, timeoutMs = joinTimeoutMs): Promise<boolean> {
  const isJoined = () => store.getState().state === 'joined';
  if (isJoined()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (isGood: boolean) => {
      clearTimeout(timer);
      stop();
      resolve(isGood);
    };
    const timer = setTimeout(() => end(false), timeoutMs);
    const stop = store.subscribe(() => {
      if (isJoined()) end(true);
    });
  });
}
