import {
  type PreviewOrder,
  previewOrderSchema,
  previewSignatureContext,
  type SignedPreviewOrder,
} from '@commonsight/types/relay/preview';
import { parseCanonical } from 'commonsight-verify/entry';
import { hasSigned } from '../sharing/openSharing.ts';

/** The order in an envelope, when an owner of this relay signed it for this relay. Throws a sentence when not. */
export function openPreviewOrder(
  signed: SignedPreviewOrder,
  rules: { readonly relayId: string; readonly ownerKeys: readonly string[] },
): PreviewOrder {
  const bytes = Buffer.from(signed.order, 'base64url');
  if (!rules.ownerKeys.some((key) => hasSigned(key, previewSignatureContext, bytes, signed.signature))) {
    throw new Error('The preview is not signed by an owner of this relay.');
  }
  const order = parseCanonical(bytes, previewOrderSchema);
  if (order === undefined) throw new Error('The order is signed and does not have the agreed form.');
  if (order.relayId !== rules.relayId) throw new Error('The order is for another relay.');
  return order;
}
