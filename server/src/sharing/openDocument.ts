import { type SharingDocument, sharingDocumentSchema, type SignedSharing } from '@commonsight/types/relay/sharing';
import { parseCanonical } from 'commonsight-verify/entry';
import { CodedError } from '../errors.ts';

/** The document in an envelope that a relay has judged; null without one. Throws for what is no document. */
export function openDocument(signed: SignedSharing | undefined): SharingDocument | null {
  if (signed === undefined) return null;
  const document = parseCanonical(Buffer.from(signed.document, 'base64url'), sharingDocumentSchema);
  if (document === undefined) throw new CodedError('badRequest', 'This is no sharing document.');
  return document;
}
