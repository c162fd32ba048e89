import {
  type AlertOrder,
  alertOrderSchema,
  alertSignatureContext,
  type SignedAlertOrder,
} from '@commonsight/types/relay/alert';
import { CodedError } from '../errors.ts';
import { isSignedByOwner } from '../sharing/isSignedByOwner.ts';

/**
 * The order in an envelope, as far as the server can judge it; the relay judges again, with its challenge, and has the last
 * word. The server looks so that who merely holds the site's link cannot fill the log with orders that nobody gave.
 */
export function readOrder(
  signed: SignedAlertOrder,
  relay: { relayId: string; ownerKeys: readonly string[] },
): AlertOrder {
  const bytes = Buffer.from(signed.order, 'base64url');
  const order = parse(bytes);
  if (!isSignedByOwner({ context: alertSignatureContext, bytes, signature: signed.signature }, relay.ownerKeys)) {
    throw new CodedError('notPermitted', 'The order is not signed by an owner of this relay.');
  }
  if (order.relayId !== relay.relayId) throw new CodedError('notPermitted', 'The order is for another relay.');
  return order;
}

function parse(bytes: Buffer): AlertOrder {
  try {
    return alertOrderSchema.parse(JSON.parse(bytes.toString()));
  } catch {
    throw new CodedError('badRequest', 'This is no order about an alert.');
  }
}
