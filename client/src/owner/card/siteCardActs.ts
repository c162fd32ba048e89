import { siteCardRoutes } from '@commonsight/types/http/site-card-routes';
import { siteCardSchema } from '@commonsight/types/site-card';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { CallResult } from '../../api/CallResult.ts';
import { ownerCall, problemOf } from '../../api/ownerCall.ts';
import { toBase64 } from '../../encoding/base64url.ts';
import type { OwnerKey } from '../ownerKey.ts';
import { cannotSign, signSiteCard, signSiteCardReading } from '../signOrders.ts';
import { type CardDraft, draftOf } from './CardDraft.ts';

export type CardOutcome =
  | { readonly kind: 'done'; readonly draft: CardDraft }
  | { readonly kind: 'conflict' | 'problem'; readonly words: string };

/** Reads the card from the server, which wants the owner's signature for it. */
export async function openCard(secret: string, key: OwnerKey): Promise<CardOutcome> {
  const signed = await signSiteCardReading(key, new Date()).catch(() => null);
  if (signed === null) return { kind: 'problem', words: cannotSign };
  const result = await ownerCall(siteCardRoutes.readOwnSiteCard, secret, { body: { relayId: key.relayId, signed } });
  if (result.state !== 'ok') return outcomeOf(result);
  return { kind: 'done', draft: draftOf(result.value.card) };
}

/** Signs the draft as the next version and has it kept. */
export async function saveCard(secret: string, key: OwnerKey, draft: CardDraft): Promise<CardOutcome> {
  const { contacts, notes, newPlan, keptPlan } = draft;
  const planHash = newPlan === null ? keptPlan : await sha256(newPlan);
  const card = siteCardSchema.safeParse({
    format: 'commonsight-site-card-1',
    relayId: key.relayId,
    version: draft.version + 1,
    contacts,
    notes,
    planHash,
  });
  if (!card.success) return { kind: 'problem', words: card.error.issues[0]?.message ?? 'Something is missing.' };
  const signed = await signSiteCard(key, card.data).catch(() => null);
  if (signed === null) return { kind: 'problem', words: cannotSign };
  const plan = newPlan === null ? null : toBase64(newPlan);
  const result = await ownerCall(siteCardRoutes.saveSiteCard, secret, { body: { relayId: key.relayId, signed, plan } });
  return result.state === 'ok' ? { kind: 'done', draft: draftOf(card.data) } : outcomeOf(result);
}

function outcomeOf(result: Exclude<CallResult<unknown>, { state: 'ok' }>): CardOutcome {
  const isConflict = result.state === 'failed' && result.error.code === 'conflict';
  return { kind: isConflict ? 'conflict' : 'problem', words: problemOf(result) };
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
