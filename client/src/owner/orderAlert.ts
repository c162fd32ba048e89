import type { OwnerAlert } from '@commonsight/types/alert';
import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import type { AlertAct } from '@commonsight/types/relay/alert';
import { call } from '../api/call.ts';
import type { CallResult } from '../api/CallResult.ts';
import { isAlertReceiptGood, type OwnerKey, signAlertOrder } from './ownerKey.ts';

/** Signs an order and has it carried to the relay; the alert as the relay has it now, or why not, as a sentence. */
export async function orderAlert(secret: string, key: OwnerKey, act: AlertAct): Promise<OwnerAlert | string> {
  const headers = { [ledgerSecretHeader]: secret };
  const { relayId } = key;
  const prepared = await call(ownerRoutes.prepareAlert, { headers, body: { relayId } });
  if (prepared.state !== 'ok') return problemOf(prepared);
  const signed = await signAlertOrder(key, prepared.value.challenge, act).catch(() => null);
  if (signed === null) return 'This browser could not sign with the key it keeps for this relay. Pair it anew.';
  const ordered = await call(ownerRoutes.orderAlert, { headers, body: { relayId, signed } });
  if (ordered.state !== 'ok') return problemOf(ordered);
  const { alert, receipt } = ordered.value;
  const isGood = await isAlertReceiptGood(key, signed.order, receipt).catch(() => false);
  return isGood ? alert : 'The answer did not come from your relay. Do not rely on it: call the emergency number.';
}

function problemOf(result: Exclude<CallResult<unknown>, { state: 'ok' }>): string {
  if (result.state === 'aborted') return 'It was stopped.';
  const { code, message } = result.error;
  return code === 'relayOffline' || code === 'timedOut'
    ? 'Your relay cannot be reached, so nothing was changed. In an emergency call the emergency number.'
    : message;
}
