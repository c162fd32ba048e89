import {
  type PushAct,
  type PushOrder,
  pushOrderSchema,
  pushSignatureContext,
  type SignedPushOrder,
} from '@commonsight/types/push';
import { CodedError } from '../errors.ts';
import { isSignedByOwner } from '../sharing/isSignedByOwner.ts';

/** What an owner's browser has signed, and by which of the keys that the relay keeps. */
export function readPushOrder(
  { order, signature }: SignedPushOrder,
  relay: { relayId: string; ownerKeys: readonly string[] },
): { ownerKey: string; ask: PushAct } {
  const bytes = Buffer.from(order, 'base64url');
  const signed = { context: pushSignatureContext, bytes, signature };
  const ownerKey = relay.ownerKeys.find((key) => isSignedByOwner(signed, [key]));
  if (ownerKey === undefined) {
    throw new CodedError('notPermitted', 'No key that the relay keeps has signed this. Pair this browser first.');
  }
  const { relayId, ask } = parse(bytes);
  if (relayId !== relay.relayId) throw new CodedError('notPermitted', 'This was signed for another relay.');
  return { ownerKey, ask };
}

function parse(bytes: Buffer): PushOrder {
  try {
    const parsed = pushOrderSchema.safeParse(JSON.parse(bytes.toString()));
    if (parsed.success) return parsed.data;
  } catch {
    // Answered below, as what is JSON and no order.
  }
  throw new CodedError('badRequest', 'This is no order about push messages.');
}
