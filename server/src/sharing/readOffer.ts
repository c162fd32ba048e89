import {
  type SharingDocument,
  sharingDocumentSchema,
  sharingSignatureContext,
  type SignedSharing,
} from '@commonsight/types/relay/sharing';
import { CodedError } from '../errors.ts';
import { isSignedByOwner } from './isSignedByOwner.ts';

/**
 * The document of an envelope, as far as the server can judge it; the relay judges again and has the last word. The server
 * looks so that what nobody signed does not take the place of what an owner has signed while the relay is away.
 */
export function readOffer(
  signed: SignedSharing,
  relay: { relayId: string; ownerKeys: readonly string[] },
): SharingDocument {
  const bytes = Buffer.from(signed.document, 'base64url');
  const offered = { context: sharingSignatureContext, bytes, signature: signed.signature };
  if (!isSignedByOwner(offered, relay.ownerKeys)) {
    throw new CodedError('notPermitted', 'The document is not signed by an owner of this relay.');
  }
  const document = parse(bytes);
  if (document.relayId !== relay.relayId) throw new CodedError('notPermitted', 'The document is for another relay.');
  return document;
}

/** The document in an envelope; null without one. Throws for what is no document. */
export function openDocument(signed: SignedSharing | undefined): SharingDocument | null {
  return signed === undefined ? null : parse(Buffer.from(signed.document, 'base64url'));
}

/** The version of the document in an envelope; 0 without one. Throws for what is no document. */
export function versionOf(signed: SignedSharing | undefined): number {
  return openDocument(signed)?.version ?? 0;
}

function parse(bytes: Buffer): SharingDocument {
  try {
    const parsed = sharingDocumentSchema.safeParse(JSON.parse(bytes.toString()));
    if (parsed.success) return parsed.data;
  } catch {
    // Answered below, as what is JSON and no document.
  }
  throw new CodedError('badRequest', 'This is no sharing document.');
}
