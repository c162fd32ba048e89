import type { OwnerRelay } from '@commonsight/types/owner';
import {
  hashOfSharing,
  type SharingDocument,
  sharingDocumentSchema,
  type SignedSharing,
} from '@commonsight/types/relay/sharing';
import { fromBase64url } from '../../encoding/base64url.ts';

/** A document that a change stands on, as it was signed. */
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
