import type { SiteCard, SiteContact } from '@commonsight/types/site-card';

/** The card as it is edited: what it says, and on which version it stands. */
export interface CardDraft {
  /** 0: there is none yet. */
  readonly version: number;
  readonly contacts: readonly SiteContact[];
  readonly notes: string;
  /** Of the floor plan that is kept. */
  readonly keptPlan: string | null;
  /** A new floor plan, PNG. */
  readonly newPlan: Uint8Array<ArrayBuffer> | null;
}

export function draftOf(card: SiteCard | null): CardDraft {
  if (card === null) return { version: 0, contacts: [], notes: '', keptPlan: null, newPlan: null };
  const { version, contacts, notes, planHash } = card;
  return { version, contacts, notes, keptPlan: planHash, newPlan: null };
}

/** What was changed here since `base`, on top of what another device has saved meanwhile. */
export function mergeDrafts(base: CardDraft, own: CardDraft, theirs: CardDraft): CardDraft {
  const isPlanOwn = own.newPlan !== null || own.keptPlan !== base.keptPlan;
  return {
    version: theirs.version,
    contacts: own.contacts === base.contacts ? theirs.contacts : own.contacts,
    notes: own.notes === base.notes ? theirs.notes : own.notes,
    newPlan: own.newPlan,
    // A new one takes the place of whatever is kept; one that was removed here is removed.
    keptPlan: isPlanOwn ? own.keptPlan : theirs.keptPlan,
  };
}
