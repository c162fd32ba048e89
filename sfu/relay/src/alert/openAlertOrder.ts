import { verify } from 'node:crypto';
import {
  type AlertOrder,
  alertOrderSchema,
  alertSignatureContext,
  type SignedAlertOrder,
} from '@commonsight/types/relay/alert';
import { parseCanonical } from 'commonsight-verify/entry';
import { publicKey } from '../sharing/openSharing.ts';

/** The order in an envelope, when an owner of this relay signed it for this relay. Throws a sentence when not. */
export function openAlertOrder(
  signed: SignedAlertOrder,
  rules: { readonly relayId: string; readonly ownerKeys: readonly string[] },
): AlertOrder {
  const bytes = Buffer.from(signed.order, 'base64url');
  const content = Buffer.concat([Buffer.from(alertSignatureContext), bytes]);
  const signature = Buffer.from(signed.signature, 'base64url');
  if (!rules.ownerKeys.some((key) => verify(null, content, publicKey(key), signature))) {
    throw new Error('The order is not signed by an owner of this relay.');
  }
  const order = parseCanonical(bytes, alertOrderSchema);
  if (order === undefined) throw new Error('The order is signed and does not have the agreed form.');
  if (order.relayId !== rules.relayId) throw new Error('The order is for another relay.');
  return order;
}
