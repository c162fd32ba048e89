import type { OwnerRelay } from '@commonsight/types/owner';
import { z } from 'zod';
import { openDocument } from './Base.ts';
import { countChanges, type Draft, draftSchema, emptyDraft, joinDrafts } from './Draft.ts';

/** What this device has saved while the relay was away, until the relay takes it or does not. `document` as it was signed. */
const waitingDraftSchema = z.object({ version: z.int(), document: z.string(), draft: draftSchema });

type WaitingDraft = z.infer<typeof waitingDraftSchema>;

const keyOf = (relayId: string) => `commonsight.sharing.${relayId}`;
const waitingKeyOf = (relayId: string) => `commonsight.sharing.waiting.${relayId}`;

/** Kept over a reload, a conflict and a broken connection. */
export function readDraft(relayId: string): Draft {
  try {
    return draftSchema.parse(JSON.parse(localStorage.getItem(keyOf(relayId)) ?? ''));
  } catch {
    return emptyDraft;
  }
}

export function keepDraft(relayId: string, draft: Draft): void {
  if (countChanges(draft) === 0) localStorage.removeItem(keyOf(relayId));
  else localStorage.setItem(keyOf(relayId), JSON.stringify(draft));
}

/** Keeps what waits at the server, with what waited before it and is in it as well. */
export function keepWaiting(relayId: string, waiting: WaitingDraft, replacesVersion: number | null): void {
  const before = readWaiting(relayId);
  const isOnTop = before !== null && before.version === replacesVersion;
  const draft = isOnTop ? joinDrafts(before.draft, waiting.draft) : waiting.draft;
  localStorage.setItem(waitingKeyOf(relayId), JSON.stringify({ ...waiting, draft }));
}

type DecidingRelay = Pick<OwnerRelay, 'id' | 'sharing' | 'waiting' | 'refusal'>;

/**
 * The changes of this device that the relay did not take after its return, by themselves or in what another device built
 * upon them; null when it has taken them and while they wait.
 */
export function refusedOf(relay: DecidingRelay): Draft | null {
  const kept = readWaiting(relay.id);
  return kept !== null && judgeWaiting(kept, relay) === 'refused' ? kept.draft : null;
}

/** What the relay has taken or not is not kept as waiting any more. */
export function forgetDecided(relay: DecidingRelay): void {
  const kept = readWaiting(relay.id);
  if (kept !== null && judgeWaiting(kept, relay) !== null) localStorage.removeItem(waitingKeyOf(relay.id));
}

/** Null: not decided yet. */
function judgeWaiting(kept: WaitingDraft, relay: DecidingRelay): 'refused' | 'taken' | 'past' | null {
  // A relay tells what is in force there before it is handed what waits: only then is it decided.
  if (relay.waiting !== null) return null;
  const inForce = relay.sharing?.inForce?.signed;
  if (inForce?.document === kept.document) return 'taken';
  if (relay.refusal !== null && relay.refusal.version >= kept.version) return 'refused';
  return (openDocument(inForce)?.version ?? 0) >= kept.version ? 'past' : null;
}

function readWaiting(relayId: string): WaitingDraft | null {
  try {
    return waitingDraftSchema.parse(JSON.parse(localStorage.getItem(waitingKeyOf(relayId)) ?? ''));
  } catch {
    return null;
  }
}
