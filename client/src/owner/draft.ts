import type { OwnerRelay } from '@commonsight/types/owner';
import { type AlertSettings, alertSettingsSchema } from '@commonsight/types/relay/alert';
import { type CameraMasks, cameraMasksSchema } from '@commonsight/types/relay/masks';
import { alertInputSchema } from '@commonsight/types/relay/alert-input';
import {
  hashOfSharing,
  type SharingDocument,
  sharingDocumentSchema,
  type SharingRule,
  sharingRuleSchema,
  type SignedSharing,
} from '@commonsight/types/relay/sharing';
import { type UploadSettings, uploadSettingsSchema } from '@commonsight/types/relay/upload';
import { z } from 'zod';
import { fromBase64url } from '../encoding/base64url.ts';

/** What was changed on this device and is not saved: of each camera alone, so that it fits whatever is in force meanwhile. */
const draftSchema = z.object({
  timeZone: z.string().nullable(),
  cameras: z.record(z.string(), sharingRuleSchema),
  /** New cameras that the owner confirms, each with the entry that the owner saw. */
  confirmed: z.record(z.string(), z.string()).default({}),
  /** Null: as it was. Drafts of earlier versions have none. */
  alert: alertSettingsSchema.nullable().default(null),
  /** All masks of a camera from now on; null lifts them. */
  masks: z.record(z.string(), cameraMasksSchema.nullable()).optional(),
  /** Null: as they were. */
  inputs: z.array(alertInputSchema).nullable().default(null),
  /** Null: as it was; `none`: without a limit. */
  upload: uploadSettingsSchema.or(z.literal('none')).nullable().default(null),
});

export type Draft = z.infer<typeof draftSchema>;

/** What this device has saved while the relay was away, until the relay takes it or does not. `document` as it was signed. */
const waitingDraftSchema = z.object({ version: z.int(), document: z.string(), draft: draftSchema });

type WaitingDraft = z.infer<typeof waitingDraftSchema>;

export const emptyDraft: Draft = {
  timeZone: null,
  cameras: {},
  confirmed: {},
  alert: null,
  inputs: null,
  upload: null,
};
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

/** Both drafts; where both change the same the later one holds. */
export function joinDrafts(earlier: Draft, later: Draft): Draft {
  return {
    timeZone: later.timeZone ?? earlier.timeZone,
    cameras: { ...earlier.cameras, ...later.cameras },
    confirmed: { ...earlier.confirmed, ...later.confirmed },
    alert: later.alert ?? earlier.alert,
    inputs: later.inputs ?? earlier.inputs,
    upload: later.upload ?? earlier.upload,
    masks: { ...earlier.masks, ...later.masks },
  };
}

function readWaiting(relayId: string): WaitingDraft | null {
  try {
    return waitingDraftSchema.parse(JSON.parse(localStorage.getItem(waitingKeyOf(relayId)) ?? ''));
  } catch {
    return null;
  }
}

/** To confirm a new camera is no change of its own: it goes with the camera's rule. */
export function countChanges({ cameras, masks = {}, timeZone, alert, inputs, upload }: Draft): number {
  const others: Omit<Draft, 'cameras' | 'masks' | 'confirmed'> = { timeZone, alert, inputs, upload };
  const ofCameras = Object.keys(cameras).length + Object.keys(masks).length;
  return ofCameras + Object.values(others).filter((other) => other !== null).length;
}

/** What of the draft is not in what was saved: changes that were made while the relay answered. */
export function withoutSaved(draft: Draft, saved: Draft): Draft {
  return {
    timeZone: draft.timeZone === saved.timeZone ? null : draft.timeZone,
    confirmed: leftOf(draft.confirmed, saved.confirmed),
    alert: draft.alert === saved.alert ? null : draft.alert,
    cameras: leftOf(draft.cameras, saved.cameras),
    masks: leftOf(draft.masks ?? {}, saved.masks ?? {}),
    inputs: draft.inputs === saved.inputs ? null : draft.inputs,
    upload: draft.upload === saved.upload ? null : draft.upload,
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
export function awaitingOf(relay: Pick<OwnerRelay, 'sharing'>): ReadonlyMap<string, string | null> {
  return new Map(relay.sharing?.awaitingOwner.map(({ cameraId, entryId }) => [cameraId, entryId] as const));
}

/**
 * The document with the draft's changes and the next version. What the relay has taken as confirmed is not repeated; what
 * the document before it confirms and the relay does not know yet is. Every mask that the draft does not lift stays.
 */
export function nextDocument(
  relay: Pick<OwnerRelay, 'id' | 'sharing'>,
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
  const inputs = draft.inputs ?? base?.inputs ?? [];
  const upload: UploadSettings | 'none' | undefined = draft.upload ?? base?.upload;
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
    ...masksOf(base, draft),
    ...(inputs.length === 0 ? {} : { inputs }),
    ...(upload === undefined || upload === 'none' ? {} : { upload }),
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
