import type { TabStorage } from './TabStorage.ts';

/**
 * A storage that never throws. Where the browser keeps nothing for this site, or has no room, even naming its storage can
 * throw: then a memory takes its place, which a reload empties.
 */
export function neverThrowing(open: () => TabStorage): TabStorage {
  const memory = new Map<string, string>();
  return {
    getItem: (key) => {
      const kept = memory.get(key);
      if (kept !== undefined) return kept;
      try {
        return open().getItem(key);
      } catch {
        return null;
      }
    },
    setItem: (key, value) => {
      memory.delete(key);
      try {
        open().setItem(key, value);
      } catch {
        memory.set(key, value);
      }
    },
    removeItem: (key) => {
      memory.delete(key);
      try {
        open().removeItem(key);
      } catch {
        // What cannot be named has kept nothing.
      }
    },
  };
}

/** Ends with the tab. */
export const tabStorage = neverThrowing(() => sessionStorage);

/** Of this browser, over its tabs. */
export const browserStorage = neverThrowing(() => localStorage);
