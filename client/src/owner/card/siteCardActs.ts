import { siteCardRoutes } from '@commonsight/types/http/site-card-routes';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { siteCardSchema } from '@commonsight/types/site-card';
import { call } from '../../api/call.ts';
import type { CallResult } from '../../api/CallResult.ts';
import { toBase64 } from '../base64url.ts';
import { type OwnerKey, signSiteCard, signSiteCardReading } from '../ownerKey.ts';
import { type CardDraft, draftOf } from './CardDraft.ts';

export type CardOutcome =
  | { readonly kind: 'done'; readonly draft: CardDraft }
  | { readonly kind: 'conflict' | 'problem'; readonly words: string };

const cannotSign = 'This browser could not sign with the key it keeps for this relay. Pair it anew.';

/** Reads the card from the server, which wants the owner's signature for it. */
export async function openCard(secret: string, key: OwnerKey): Promise<CardOutcome> {
  const signed = await signSiteCardReading(key, new Date()).catch(() => null);
  if (signed === null) return { kind: 'problem', words: cannotSign };
  const headers = { [ledgerSecretHeader]: secret };
  const result = await call(siteCardRoutes.readOwnSiteCard, { headers, body: { relayId: key.relayId, signed } });
  if (result.state !== 'ok') return problemOf(result);
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
  const headers = { [ledgerSecretHeader]: secret };
  const plan = newPlan === null ? null : toBase64(newPlan);
  const result = await call(siteCardRoutes.saveSiteCard, { headers, body: { relayId: key.relayId, signed, plan } });
  return result.state === 'ok' ? { kind: 'done', draft: draftOf(card.data) } : problemOf(result);
}

function problemOf(result: Exclude<CallResult<unknown>, { state: 'ok' }>): CardOutcome {
  if (result.state === 'aborted') return { kind: 'problem', words: 'It was stopped.' };
  const { code, message } = result.error;
  return { kind: code === 'conflict' ? 'conflict' : 'problem', words: message };
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
