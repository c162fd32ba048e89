import type { OwnerRelay } from '@commonsight/types/owner';
import type { AlertSettings } from '@commonsight/types/relay/alert';
import type { CameraMasks } from '@commonsight/types/relay/masks';
import type { SharingDocument, SharingRule } from '@commonsight/types/relay/sharing';
import type { UploadSettings } from '@commonsight/types/relay/upload';
import type { Draft } from './Draft.ts';

const offRule: SharingRule = { mode: 'off', schedule: [], dates: [] };

/** The entries of the relay that wait for an owner, by camera; null for one that only the relay's console confirms. */
export function awaitingOf(relay: Pick<OwnerRelay, 'sharing'>): ReadonlyMap<string, string | null> {
  return new Map(relay.sharing?.awaitingOwner.map(({ cameraId, entryId }) => [cameraId, entryId] as const));
}

/**
 * The document with the draft's changes and the next version. What the relay has taken as confirmed is not repeated; what
 * the document before it confirms and the relay does not know yet is. Every mask that the draft does not lift stays.
 */
export function nextDocument(
  relay: Pick<OwnerRelay, 'id' | 'sharing'> & Partial<Pick<OwnerRelay, 'siteTimeZone'>>,
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
  const keptDays = draft.keptDays ?? base?.keptDays;
  return {
    format: 'commonsight-sharing-1',
    relayId: relay.id,
    version: (base?.version ?? 0) + 1,
    issuedAt,
    ...(replaces === undefined ? {} : { replaces }),
    timeZone: draft.timeZone ?? base?.timeZone ?? relay.siteTimeZone ?? ownTimeZone(),
    default: base?.default ?? offRule,
    cameras: { ...base?.cameras, ...draft.cameras },
    ...(Object.keys(confirmed).length === 0 ? {} : { confirmed }),
    ...(alert === undefined ? {} : { alert }),
    ...masksOf(base, draft),
    ...(inputs.length === 0 ? {} : { inputs }),
    ...(upload === undefined || upload === 'none' ? {} : { upload }),
    ...(keptDays === undefined || keptDays === 'none' ? {} : { keptDays }),
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
