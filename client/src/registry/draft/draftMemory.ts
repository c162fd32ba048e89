import type { TabStorage } from '../../visit/TabStorage.ts';
import { type Draft, draftSchema, emptyDraft } from './Draft.ts';

const storageKey = 'commonsight.registry.draft';

/** The draft that a reload left, or a new one; what an older version of the page has kept counts for nothing. */
export function readDraft(storage: TabStorage): Draft {
  try {
    const kept = draftSchema.safeParse(JSON.parse(storage.getItem(storageKey) ?? 'null'));
    if (kept.success) return kept.data;
  } catch {
    // Not JSON: somebody else's.
  }
  return emptyDraft;
}

export function keepDraft(storage: TabStorage, draft: Draft): void {
  try {
    storage.setItem(storageKey, JSON.stringify(draft));
  } catch {
    // A full or forbidden storage costs the draft at a reload, and nothing before.
  }
}

export function forgetDraft(storage: TabStorage): void {
  storage.removeItem(storageKey);
}
