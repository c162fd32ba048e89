import type { OwnerAlert } from '@commonsight/types/alert';
import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import type { AlertAct, AlertState } from '@commonsight/types/relay/alert';
import type { CallError, CallResult } from '../api/CallResult.ts';
import { ownerCall } from '../api/ownerCall.ts';
import type { OwnerKey } from './ownerKey.ts';
import { isAlertReceiptGood } from './receipts.ts';
import { cannotSign, signAlertOrder } from './signOrders.ts';

/** What came of an order. */
type Ordered =
  /** The relay has signed it. `alert` is as the relay has it now; null when there has been none since its start. */
  | { state: 'done'; alert: OwnerAlert | null }
  /** `isUnknown`: the order may have reached the relay. */
  | Failed;

interface Failed {
  state: 'failed';
  problem: string;
  isUnknown: boolean;
  /** The relay does not take it, perhaps because another order came in between. */
  isVoid?: boolean;
}

/** A server that hangs is one that does not answer. */
const callTimeoutMs = 8_000;

const emergency = 'In an emergency call the emergency number.';
const nothingDone = `Your relay cannot be reached, so nothing was changed. ${emergency}`;
const perhapsDone = `Your relay did not answer. Your order may have reached it: look at what this page shows. ${emergency}`;
const notByRelay = `The answer did not come from your relay, so do not rely on what this page shows. ${emergency}`;

/** Signs an order and has it carried to the relay. */
export async function orderAlert(secret: string, key: OwnerKey, act: AlertAct): Promise<Ordered> {
  const first = await orderOnce(secret, key, act);
  // Another order of the owner came in between and made this one void. An end has to come through whatever else is
  // ordered; anything else must not come after what may have been an end.
  return act === 'end' && first.state === 'failed' && first.isVoid === true ? orderOnce(secret, key, act) : first;
}

async function orderOnce(secret: string, key: OwnerKey, act: AlertAct): Promise<Ordered> {
  const { relayId } = key;
  const inputFor = <B>(body: B) => ({ body, signal: AbortSignal.timeout(callTimeoutMs) });
  const prepared = await ownerCall(ownerRoutes.prepareAlert, secret, inputFor({ relayId }));
  if (prepared.state !== 'ok') return failed(sentenceOf(errorOf(prepared), nothingDone), false);
  const signed = await signAlertOrder(key, prepared.value.challenge, act).catch(() => null);
  if (signed === null) return failed(cannotSign, false);
  const ordered = await ownerCall(ownerRoutes.orderAlert, secret, inputFor({ relayId, signed }));
  if (ordered.state !== 'ok') {
    const error = errorOf(ordered);
    if (!isAnswer(error)) return failed(perhapsDone, true);
    // What is refused is not signed: of an alert that may have begun the owner makes sure himself.
    return { ...failed(error.message, act === 'start'), isVoid: error.code === 'notPermitted' };
  }
  const { alert, told, receipt } = ordered.value;
  const isGood = await isAlertReceiptGood(key, { order: signed.order, alert: told }, receipt).catch(() => false);
  const shown = isGood ? asTold(alert, told) : undefined;
  return shown === undefined ? failed(notByRelay, true) : { state: 'done', alert: shown };
}

/** The alert with what the relay has signed in place of the server's word; undefined when the two do not fit. */
function asTold(alert: OwnerAlert | null, told: AlertState | null): OwnerAlert | null | undefined {
  if (alert === null || told === null) return alert === null && told === null ? null : undefined;
  if (alert.id !== told.id || (alert.endedAt === null) !== (told.end === null)) return undefined;
  const { isTest, trigger, stage, leftMs, mayExtend, end } = told;
  return { ...alert, isTest, trigger, stage, leftMs, mayExtend, end };
}

/** What the relay, or the server before it carried anything, has decided. */
function isAnswer(error: CallError | null): error is CallError {
  return (
    error !== null && ['badRequest', 'conflict', 'notFound', 'notPermitted', 'tooManyRequests'].includes(error.code)
  );
}

function sentenceOf(error: CallError | null, otherwise: string): string {
  return isAnswer(error) ? error.message : otherwise;
}

/** Null for a call that was stopped. */
function errorOf(result: Exclude<CallResult<unknown>, { state: 'ok' }>): CallError | null {
  return result.state === 'failed' ? result.error : null;
}

function failed(problem: string, isUnknown: boolean): Failed {
  return { state: 'failed', problem, isUnknown };
}
