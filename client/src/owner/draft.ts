import type { OwnerRelay } from '@commonsight/types/owner';
import { type AlertSettings, alertSettingsSchema } from '@commonsight/types/relay/alert';
import {
  hashOfSharing,
  type SharingDocument,
  sharingDocumentSchema,
  type SharingRule,
  sharingRuleSchema,
  type SignedSharing,
} from '@commonsight/types/relay/sharing';
import { z } from 'zod';
import { fromBase64url } from './base64url.ts';

/** What was changed on this device and is not saved: of each camera alone, so that it fits whatever is in force meanwhile. */
const draftSchema = z.object({
  timeZone: z.string().nullable(),
  cameras: z.record(z.string(), sharingRuleSchema),
  /** New cameras that the owner confirms, each with the entry that the owner saw. */
  confirmed: z.record(z.string(), z.string()).default({}),
  /** Null: as it was. Drafts of earlier versions have none. */
  alert: alertSettingsSchema.nullable().default(null),
});

export type Draft = z.infer<typeof draftSchema>;

export const emptyDraft: Draft = { timeZone: null, cameras: {}, confirmed: {}, alert: null };
const offRule: SharingRule = { mode: 'off', schedule: [], dates: [] };

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

export function countChanges({ timeZone, cameras, alert }: Draft): number {
  return Object.keys(cameras).length + (timeZone === null ? 0 : 1) + (alert === null ? 0 : 1);
}

/** What of the draft is not in what was saved: changes that were made while the relay answered. */
export function withoutSaved(draft: Draft, saved: Draft): Draft {
  return {
    timeZone: draft.timeZone === saved.timeZone ? null : draft.timeZone,
    cameras: Object.fromEntries(Object.entries(draft.cameras).filter(isLeft)),
    confirmed: Object.fromEntries(
      Object.entries(draft.confirmed).filter(([id, entryId]) => entryId !== saved.confirmed[id]),
    ),
    alert: draft.alert === saved.alert ? null : draft.alert,
  };
}

/** Of each camera's. What is changed is replaced: the same one was saved. */
function leftOf<T>(current: Readonly<Record<string, T>>, saved: Readonly<Record<string, T>>): Record<string, T> {
  const isLeft = ([id, value]: [string, T]) => !Object.hasOwn(saved, id) || value !== saved[id];
  return Object.fromEntries(Object.entries(current).filter(isLeft));
}

export interface Base {
  document: SharingDocument;
  signed: SignedSharing;
  /** It is at the server, for a relay that is away. */
  isWaiting: boolean;
}

/**
 * The document that a change begins with, as the server shows it: the one that waits for the relay, else the one in force.
 * One that waits behind what is in force meanwhile is about to be refused. Nothing is signed on it before `doubtAbout` has
 * looked at it: what waits could be made up, and leave masks out.
 */
export function baseOf(relay: Pick<OwnerRelay, 'waiting' | 'sharing'>): Base | null {
  const inForce = openBase(relay.sharing?.inForce?.signed, false);
  const waiting = openBase(relay.waiting?.signed, true);
  return waiting !== null && waiting.document.version > (inForce?.document.version ?? 0) ? waiting : inForce;
}

/**
 * Which document in force the next one may take the place of. What is built upon a waiting one rests on what that one's
 * signer saw: what was set at the relay meanwhile is in neither.
 */
export async function replacedBy(base: Base | null): Promise<string | undefined> {
  if (base === null) return undefined;
  return base.isWaiting ? base.document.replaces : hashOfSharing(base.signed);
}

function openBase(signed: SignedSharing | undefined, isWaiting: boolean): Base | null {
  const document = openDocument(signed);
  return document === null || signed === undefined ? null : { document, signed, isWaiting };
}

/** Null for none, and for what is no document. */
export function openDocument(signed: SignedSharing | undefined): SharingDocument | null {
  if (signed === undefined) return null;
  try {
    return sharingDocumentSchema.parse(JSON.parse(new TextDecoder().decode(fromBase64url(signed.document))));
  } catch {
    return null;
  }
}

/** The entries of the relay that wait for an owner, by camera; null for one that only the relay's console confirms. */
export function awaitingOf(relay: OwnerRelay): ReadonlyMap<string, string | null> {
  return new Map(relay.sharing?.awaitingOwner.map(({ cameraId, entryId }) => [cameraId, entryId] as const));
}

/**
 * The document with the draft's changes and the next version. What the relay has taken as confirmed is not repeated; what
 * the document before it confirms and the relay does not know yet is.
 */
export function nextDocument(
  relay: OwnerRelay,
  base: SharingDocument | null,
  draft: Draft,
  issuedAt: string,
  replaces?: string,
): SharingDocument {
  const alert: AlertSettings | undefined = draft.alert ?? base?.alert;
  const awaiting = awaitingOf(relay);
  const confirmed = Object.fromEntries(
    Object.entries({ ...base?.confirmed, ...draft.confirmed }).filter(([id, entryId]) => awaiting.get(id) === entryId),
  );
  return {
    format: 'commonsight-sharing-1',
    relayId: relay.id,
    version: (base?.version ?? 0) + 1,
    issuedAt,
    ...(replaces === undefined ? {} : { replaces }),
    timeZone: draft.timeZone ?? base?.timeZone ?? ownTimeZone(),
    default: base?.default ?? offRule,
    cameras: { ...base?.cameras, ...draft.cameras },
    ...(Object.keys(confirmed).length === 0 ? {} : { confirmed }),
    ...(alert === undefined ? {} : { alert }),
  };
}

/** None at all is said by leaving them out. */
function masksOf(base: SharingDocument | null, draft: Draft): Pick<SharingDocument, 'masks'> {
  const masks: Record<string, CameraMasks> = {};
  for (const [id, wanted] of Object.entries({ ...base?.masks, ...draft.masks }))
    if (wanted !== null) masks[id] = wanted;
  return Object.keys(masks).length === 0 ? {} : { masks };
}

function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
