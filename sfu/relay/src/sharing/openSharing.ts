import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { explainIssues } from '@commonsight/types/link';
import {
  mostVersionStep,
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

/** What is kept is not what the document's signer went by: it has as high a version, or is another one. */
export class SharingConflictError extends Error {
  override name = 'SharingConflictError';
}

/** The kept document is whole, and none of the owner's keys of now has signed it. Nothing is shared by it. */
export class ForeignSharingError extends Error {
  override name = 'ForeignSharingError';
  readonly kept: OpenedSharing;

  constructor(message: string, kept: OpenedSharing) {
    super(message);
    this.kept = kept;
  }
}

/** A document beside the envelope that it came in. */
export interface OpenedSharing {
  readonly document: SharingDocument;
  readonly signed: SignedSharing;
}

/** Makes the document's canonical bytes and signs them with an owner's Ed25519 key. Throws a sentence for a wrong one. */
export function signSharing(document: SharingDocument, ownerKey: KeyObject): SignedSharing {
  const parsed = sharingDocumentSchema.safeParse(document);
  if (!parsed.success) throw new Error(explainIssues(parsed.error));
  const bytes = canonicalBytes(parsed.data);
  return {
    document: Buffer.from(bytes).toString('base64url'),
    signature: sign(null, Buffer.concat([Buffer.from(sharingSignatureContext), bytes]), ownerKey).toString('base64url'),
  };
}

/** The document of an envelope (SHR1, SHR2). Throws a sentence that says why it is not accepted. */
export function openSharing(envelope: unknown, rules: SharingRules): OpenedSharing {
  const { signed, document } = unpackSharing(envelope, rules);
  if (document.version <= rules.lastVersion) {
    throw new SharingConflictError(
      `The document has version ${document.version}; version ${rules.lastVersion} was accepted already.`,
    );
  }
  if (document.version > rules.lastVersion + mostVersionStep) {
    throw new Error(
      `The document has version ${document.version}, too far ahead of ${rules.lastVersion}: no version would be left for those that follow.`,
    );
  }
  return { signed, document };
}

/** As `openSharing`, of any version. Throws a `ForeignSharingError` when it is in order but for its signature. */
export function unpackSharing(envelope: unknown, rules: Omit<SharingRules, 'lastVersion'>): OpenedSharing {
  const parsed = signedSharingSchema.safeParse(envelope);
  if (!parsed.success) throw new Error('This is no signed sharing document, or it is too large.');
  const signed = parsed.data;
  const isSigned = rules.ownerKeys.some((key) => isSignedBy(signed, key));
  const document = parseCanonical(Buffer.from(signed.document, 'base64url'), sharingDocumentSchema);
  if (!isSigned) {
    const sentence = 'The document is not signed by an owner of this relay.';
    if (document?.relayId !== rules.relayId) throw new Error(sentence);
    throw new ForeignSharingError(sentence, { signed, document });
  }
  if (document === undefined) throw new Error('The document is signed and does not have the agreed form.');
  if (document.relayId !== rules.relayId) throw new Error('The document is for another relay.');
  return { signed, document };
}

export function isSignedBy({ document, signature }: SignedSharing, key: string): boolean {
  return hasSigned(key, sharingSignatureContext, Buffer.from(document, 'base64url'), signature);
}

/** Whether a key has signed these bytes behind this context. */
export function hasSigned(key: string, context: string, bytes: Uint8Array, signature: string): boolean {
  const content = Buffer.concat([Buffer.from(context), bytes]);
  return verify(null, content, publicKey(key), Buffer.from(signature, 'base64url'));
}

/** An owner's public key. Throws when it is none of Ed25519. */
export function publicKey(text: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('An owner’s key is an Ed25519 key.');
  return key;
}
