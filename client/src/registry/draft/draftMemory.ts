import { type Draft, draftSchema, emptyDraft } from './Draft.ts';

const storageKey = 'commonsight.registry.draft';

/** What of the browser's storage is needed: `sessionStorage`, which ends with the tab. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The draft that a reload left, or a new one; what an older version of the page has kept counts for nothing. */
export function readDraft(storage: DraftStorage): Draft {
  try {
    const kept = draftSchema.safeParse(JSON.parse(storage.getItem(storageKey) ?? 'null'));
    if (kept.success) return kept.data;
  } catch {
    // Not JSON: somebody else's.
  }
  return emptyDraft;
}

export function keepDraft(storage: DraftStorage, draft: Draft): void {
  try {
    storage.setItem(storageKey, JSON.stringify(draft));
  } catch {
    // A full or forbidden storage costs the draft at a reload, and nothing before.
  }
}

export function forgetDraft(storage: DraftStorage): void {
  storage.removeItem(storageKey);
}
