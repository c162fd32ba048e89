import { pushRoutes } from '@commonsight/types/http/push-routes';
import type { PushAct, PushSubscription as PushedBrowser, PushTarget } from '@commonsight/types/push';
import { ownerCall, problemOf } from '../../api/ownerCall.ts';
import { fromBase64url, toBase64url } from '../../encoding/base64url.ts';
import type { OwnerKey } from '../ownerKey.ts';
import { cannotSign, signPushOrder } from '../signOrders.ts';
import { startWorker } from './ownerWorker.ts';

/** What the server says after an order. */
export interface OrderedPush {
  subscriptionId: string | null;
  subscriptions: PushedBrowser[];
}

/** Signs an order about push messages and gives it to the server; or why not, as a sentence. */
export async function orderPush(secret: string, key: OwnerKey, ask: PushAct): Promise<OrderedPush | string> {
  const signed = await signPushOrder(key, ask).catch(() => null);
  if (signed === null) return cannotSign;
  const result = await ownerCall(pushRoutes.orderOwnerPush, secret, { body: { relayId: key.relayId, signed } });
  return result.state === 'ok' ? result.value : problemOf(result);
}

/**
 * Where this browser takes messages, for the server's key; a sentence when the person, or the browser, does not allow it. To be
 * called while a press is handled: else browsers do not ask.
 */
export async function allowPush(publicKey: string): Promise<PushTarget | string> {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') {
    return 'This browser does not allow push messages of this page. Allow them in its settings for this page, and press again.';
  }
  try {
    const registration = await startWorker();
    const before = await registration.pushManager.getSubscription();
    if (before !== null && isFor(before, publicKey)) return targetOf(before);
    // Its messages would be signed by a key that is not there any more.
    if (before !== null) await before.unsubscribe();
    const applicationServerKey = fromBase64url(publicKey);
    return targetOf(await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
  } catch {
    return 'This browser’s push service did not answer. Try again with a connection, and not in a private window.';
  }
}

/** Takes no messages any more, of any site. */
export async function withdrawPush(registration: ServiceWorkerRegistration): Promise<void> {
  await (await registration.pushManager.getSubscription())?.unsubscribe();
}

/** Where this browser takes messages now; null when it takes none. */
export async function currentEndpoint(registration: ServiceWorkerRegistration): Promise<string | null> {
  return (await registration.pushManager.getSubscription())?.endpoint ?? null;
}

function isFor({ options }: PushSubscription, publicKey: string): boolean {
  const { applicationServerKey } = options;
  return applicationServerKey !== null && toBase64url(new Uint8Array(applicationServerKey)) === publicKey;
}

function targetOf(subscription: PushSubscription): PushTarget {
  const keyOf = (name: 'p256dh' | 'auth') => {
    const key = subscription.getKey(name);
    if (key === null) throw new Error('The subscription has no key to encrypt for.');
    return toBase64url(new Uint8Array(key));
  };
  return { endpoint: subscription.endpoint, p256dh: keyOf('p256dh'), auth: keyOf('auth') };
}
