import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import type { OwnerRelay } from '@commonsight/types/owner';
import type { AlertSettings } from '@commonsight/types/relay/alert';
import type { CameraMasks } from '@commonsight/types/relay/masks';
import type { AlertInput } from '@commonsight/types/relay/alert-input';
import { type SharingDocument, sharingDocumentSchema, type SharingRule } from '@commonsight/types/relay/sharing';
import type { UploadSettings } from '@commonsight/types/relay/upload';
import { useEffect, useState } from 'react';
import { ownerCall } from '../api/ownerCall.ts';
import { doubtAbout } from './doubtAbout.ts';
import { baseOf, replacedBy } from './draft/Base.ts';
import { countChanges, type Draft, emptyDraft, joinDrafts, withoutSaved } from './draft/Draft.ts';
import { forgetDecided, keepDraft, keepWaiting, readDraft, refusedOf } from './draft/keptDrafts.ts';
import { awaitingOf, nextDocument } from './draft/nextDocument.ts';
import type { OwnerKey } from './ownerKey.ts';
import { type Refusal, refusalOf } from './refusalOf.ts';
import { cannotSign, signDocument } from './signOrders.ts';

export interface SharingDraft {
  /** What is in force or waits, with what was changed here. */
  shown: SharingDocument;
  base: SharingDocument | null;
  changes: number;
  isChanged: (cameraId: string) => boolean;
  /** So many new cameras the next save confirms. */
  confirms: number;
  isConfirming: (cameraId: string) => boolean;
  /** A person reads how the last saving went. */
  outcome: { kind: 'done'; words: string } | ({ kind: 'problem' } & Refusal) | null;
  isBusy: boolean;
  setRule: (cameraIds: readonly string[], change: (rule: SharingRule) => SharingRule) => void;
  /** Null: nothing of the camera is hidden any more. */
  setMasks: (cameraId: string, masks: CameraMasks | null) => void;
  setTimeZone: (timeZone: string) => void;
  setAlert: (alert: AlertSettings) => void;
  setInputs: (inputs: AlertInput[]) => void;
  setUpload: (upload: UploadSettings | 'none') => void;
  setKeptDays: (keptDays: number | 'none') => void;
  discard: () => void;
  /** Takes a discard back; null when there is none, or something was changed since. */
  undoDiscard: (() => void) | null;
  save: (key: OwnerKey) => Promise<void>;
}

/** The owner's changes, from the first one to the relay's answer. A change that is refused stays. */
export function useSharingDraft(secret: string, relay: OwnerRelay, onSaved: (relay: OwnerRelay) => void): SharingDraft {
  const [draft, setDraft] = useState<Draft>(() => readDraft(relay.id));
  const [outcome, setOutcome] = useState<SharingDraft['outcome']>(null);
  const [discarded, setDiscarded] = useState<Draft | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [judged, setJudged] = useState<OwnerRelay | null>(null);
  if (judged !== relay) {
    setJudged(relay);
    const refused = refusedOf(relay);
    if (refused !== null) setDraft(joinDrafts(refused, draft));
  }
  const basis = baseOf(relay);
  const base = basis?.document ?? null;
  const shown = nextDocument(relay, base, draft, '');

  const isConfirming = (cameraId: string): boolean =>
    Object.hasOwn(draft.confirmed, cameraId) && Object.hasOwn(shown.confirmed ?? {}, cameraId);

  // It is forgotten as waiting only after it is kept as a draft again.
  useEffect(() => keepDraft(relay.id, draft), [relay.id, draft]);
  useEffect(() => forgetDecided(relay), [relay]);

  function change(next: Draft): void {
    setOutcome(null);
    setDiscarded(null);
    setDraft(next);
  }

  function refuse(refusal: Refusal): void {
    setBusy(false);
    setOutcome({ kind: 'problem', ...refusal });
  }

  function fail(words: string): void {
    refuse({ cameraId: null, words });
  }

  async function save(key: OwnerKey): Promise<void> {
    setBusy(true);
    const doubt = await doubtAbout(key, relay, basis);
    if (doubt !== null) return fail(`${doubt} Your changes are kept.`);
    const replaces = await replacedBy(basis);
    const document = nextDocument(relay, base, draft, new Date().toISOString(), replaces);
    const checked = sharingDocumentSchema.safeParse(document);
    if (!checked.success) return refuse(refusalOf(checked.error.issues[0]));
    const signed = await signDocument(key, checked.data).catch(() => null);
    if (signed === null) return fail(`${cannotSign} Your changes are kept.`);
    const result = await ownerCall(ownerRoutes.offerSharing, secret, { body: { relayId: relay.id, signed } });
    setBusy(false);
    if (result.state === 'aborted') return;
    if (result.state === 'failed') {
      const { code, message } = result.error;
      const words =
        code === 'conflict'
          ? 'What is shared was changed meanwhile, on another device or at the relay. Your changes are kept and now stand on what was saved there: look at them, and save again.'
          : `${message} Your changes are kept.`;
      return fail(words);
    }
    if (result.value.state === 'waiting') {
      const waiting = { version: checked.data.version, document: signed.document, draft };
      keepWaiting(relay.id, waiting, basis?.isWaiting === true ? basis.document.version : null);
    }
    setDraft((current) => withoutSaved(current, draft));
    onSaved(result.value.relay);
    const words =
      result.value.state === 'inForce'
        ? 'Saved. The relay goes by it now.'
        : 'Saved. The relay is not connected; it gets your change when it returns.';
    setOutcome({ kind: 'done', words });
  }

  return {
    shown,
    base,
    changes: countChanges(draft),
    isChanged: (cameraId) => Object.hasOwn(draft.cameras, cameraId) || Object.hasOwn(draft.masks, cameraId),
    confirms: Object.keys(draft.confirmed).filter(isConfirming).length,
    isConfirming,
    outcome,
    isBusy,
    setRule: (cameraIds, changeRule) => {
      const cameras = { ...draft.cameras };
      const confirmed = { ...draft.confirmed };
      const awaiting = awaitingOf(relay);
      for (const id of cameraIds) {
        cameras[id] = changeRule(shown.cameras[id] ?? shown.default);
        const entryId = awaiting.get(id) ?? null;
        if (entryId !== null) confirmed[id] = entryId;
      }
      change({ ...draft, cameras, confirmed });
    },
    setMasks: (cameraId, masks) => change({ ...draft, masks: { ...draft.masks, [cameraId]: masks } }),
    setTimeZone: (timeZone) => change({ ...draft, timeZone: timeZone === base?.timeZone ? null : timeZone }),
    setAlert: (alert) => change({ ...draft, alert }),
    setInputs: (inputs) => change({ ...draft, inputs }),
    setUpload: (upload) => change({ ...draft, upload }),
    setKeptDays: (keptDays) => change({ ...draft, keptDays }),
    discard: () => {
      change(emptyDraft);
      setDiscarded(draft);
    },
    // What was refused meanwhile has come into the draft by itself, and stays.
    undoDiscard: discarded === null ? null : () => change(joinDrafts(discarded, draft)),
    save,
  };
}
