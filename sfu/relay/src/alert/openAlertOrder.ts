import {
  type AlertOrder,
  alertOrderSchema,
  alertSignatureContext,
  type SignedAlertOrder,
} from '@commonsight/types/relay/alert';
import { parseCanonical } from 'commonsight-verify/entry';
import { hasSigned } from '../sharing/openSharing.ts';

/** The order in an envelope, when an owner of this relay signed it for this relay. Throws a sentence when not. */
export function openAlertOrder(
  signed: SignedAlertOrder,
  rules: { readonly relayId: string; readonly ownerKeys: readonly string[] },
): AlertOrder {
  const bytes = Buffer.from(signed.order, 'base64url');
  if (!rules.ownerKeys.some((key) => hasSigned(key, alertSignatureContext, bytes, signed.signature))) {
    throw new Error('The order is not signed by an owner of this relay.');
  }
  const order = parseCanonical(bytes, alertOrderSchema);
  if (order === undefined) throw new Error('The order is signed and does not have the agreed form.');
  if (order.relayId !== rules.relayId) throw new Error('The order is for another relay.');
  return order;
}
