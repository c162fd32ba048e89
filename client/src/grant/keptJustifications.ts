import type { Id } from '@commonsight/types/ids';
import type { KeptTexts } from '../incident/noteDrafts.ts';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefix = 'commonsight.justification.';

/**
 * The texts of one session's justifications by the grants that they are about, in this window's storage: they outlive
 * the page, and never the session. When the browser keeps nothing, they live as long as the page.
 */
export function keptJustifications(store: Store, sessionId: Id): KeptTexts {
  const start = `${prefix}${sessionId}.`;
  return {
    read: () =>
      orElse(
        new Map(),
        () => new Map(keysOf(store, start).map((key) => [key.slice(start.length), textOf(store, key)])),
      ),
    keep: (grantId, text) =>
      orElse(undefined, () => {
        if (text === '') store.removeItem(start + grantId);
        else store.setItem(start + grantId, text);
      }),
  };
}

/** Removes what other sessions than this one left; null: nobody is signed in, and nothing stays. */
export function dropJustifications(store: Store, sessionId: Id | null): void {
  orElse(undefined, () => {
    for (const key of keysOf(store, prefix)) {
      if (sessionId === null || !key.startsWith(`${prefix}${sessionId}.`)) store.removeItem(key);
    }
  });
}

function keysOf(store: Store, start: string): string[] {
  return Array.from({ length: store.length }, (_, i) => store.key(i) ?? '').filter((key) => key.startsWith(start));
}

function textOf(store: Store, key: string): string {
  return store.getItem(key) ?? '';
}

/** Storage that is full or forbidden is no error: the draft is still in the field. */
function orElse<T>(otherwise: T, act: () => T): T {
  try {
    return act();
  } catch {
    return otherwise;
  }
}
