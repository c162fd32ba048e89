import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { explainIssues } from '@commonsight/types/link';
import {
  type SharingDocument,
  sharingDocumentSchema,
  sharingSignatureContext,
  type SignedSharing,
  signedSharingSchema,
} from '@commonsight/types/relay/sharing';
import { canonicalBytes, parseCanonical } from 'commonsight-verify/entry';

/** Who may speak for a relay's cameras, and what was said last. */
export interface SharingRules {
  readonly relayId: string;
  /** The owner's keys, SPKI DER in base64url. */
  readonly ownerKeys: readonly string[];
  /** The version of the last accepted document; 0 before the first. */
  readonly lastVersion: number;
}

/** The document's version is not higher than the accepted one's. */
export class OldSharingError extends Error {
  override name = 'OldSharingError';
}

/** Makes the document's canonical bytes and signs them with an owner's Ed25519 key. Throws a sentence for a wrong one. */
export function signSharing(document: SharingDocument, ownerKey: KeyObject): SignedSharing {
  const parsed = sharingDocumentSchema.safeParse(document);
  if (!parsed.success) throw new Error(explainIssues(parsed.error));
  const bytes = canonicalBytes(parsed.data);
  return {
    document: Buffer.from(bytes).toString('base64url'),
    signature: sign(null, signedBytes(bytes), ownerKey).toString('base64url'),
  };
}

/** The document of an envelope (SHR1, SHR2). Throws a sentence that says why it is not accepted. */
export function openSharing(envelope: unknown, rules: SharingRules): SharingDocument {
  const signed = signedSharingSchema.safeParse(envelope);
  if (!signed.success) throw new Error('This is no signed sharing document, or it is too large.');
  if (!rules.ownerKeys.some((key) => isSignedBy(signed.data, key))) {
    throw new Error('The document is not signed by an owner of this relay.');
  }
  const document = parseCanonical(Buffer.from(signed.data.document, 'base64url'), sharingDocumentSchema);
  if (document === undefined) throw new Error('The document is signed and does not have the agreed form.');
  if (document.relayId !== rules.relayId) throw new Error('The document is for another relay.');
  if (document.version <= rules.lastVersion) {
    throw new OldSharingError(
      `The document has version ${document.version}; version ${rules.lastVersion} was accepted already.`,
    );
  }
  return document;
}

export function isSignedBy({ document, signature }: SignedSharing, key: string): boolean {
  const bytes = Buffer.from(document, 'base64url');
  return verify(null, signedBytes(bytes), publicKey(key), Buffer.from(signature, 'base64url'));
}

function signedBytes(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(sharingSignatureContext), bytes]);
}

/** An owner's public key. Throws when it is none of Ed25519. */
export function publicKey(text: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('An owner’s key is an Ed25519 key.');
  return key;
}
