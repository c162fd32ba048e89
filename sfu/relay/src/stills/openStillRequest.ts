import {
  type SignedStillRequest,
  type StillRequest,
  stillRequestSchema,
  stillSignatureContext,
} from '@commonsight/types/relay/still';
import { parseCanonical } from 'commonsight-verify/entry';
import { hasSigned } from '../sharing/openSharing.ts';

/** The request in an envelope, when an owner of this relay signed it for this relay. Throws a sentence when not. */
export function openStillRequest(
  { request, signature }: SignedStillRequest,
  rules: { readonly relayId: string; readonly ownerKeys: readonly string[] },
): StillRequest {
  const bytes = Buffer.from(request, 'base64url');
  if (!rules.ownerKeys.some((key) => hasSigned(key, stillSignatureContext, bytes, signature))) {
    throw new Error('The request is not signed by an owner of this relay.');
  }
  const opened = parseCanonical(bytes, stillRequestSchema);
  if (opened === undefined) throw new Error('The request is signed and does not have the agreed form.');
  if (opened.relayId !== rules.relayId) throw new Error('The request is for another relay.');
  return opened;
}
