import { idSchema } from '@commonsight/types/ids';
import { ownerQuestionSchema } from '@commonsight/types/push';
import { z } from 'zod';

/** What the page is opened for, and for the messages of which site; by a message, or by the app's shortcut. */
export const openingSchema = z.object({ subscriptionId: idSchema.nullable(), question: ownerQuestionSchema });

export type Opening = z.infer<typeof openingSchema>;

const workerPath = '/owner-worker.js';
const scope = '/owner';
const alertButtonTag = 'alert-button';

/** Whether this browser can get messages at all. */
export function canPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

/**
 * The page's service worker, as soon as it runs. It shows messages and says when there is no connection, and keeps nothing.
 * Rejects where there are none: in private windows of some browsers, and over http.
 */
export async function startWorker(): Promise<ServiceWorkerRegistration> {
  if (!('serviceWorker' in navigator)) throw new Error('This browser has no service workers.');
  await navigator.serviceWorker.register(workerPath, { scope, updateViaCache: 'none' });
  return navigator.serviceWorker.ready;
}

/** Calls when a message was pressed while the page is open; returns what ends that. */
export function listenToWorker(handle: (opening: Opening) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined;
  const { serviceWorker } = navigator;
  const listener = (told: MessageEvent): void => {
    const opening = openingSchema.safeParse(told.data);
    if (opening.success) handle(opening.data);
  };
  serviceWorker.addEventListener('message', listener);
  return () => serviceWorker.removeEventListener('message', listener);
}

/**
 * A notice that stays among the device's, also on a locked screen where its system shows them, and opens the page at the
 * button. More the web does not allow: nothing begins before the page is open, because it alone has the owner's key.
 */
export async function showAlertButton(registration: ServiceWorkerRegistration, subscriptionId: string): Promise<void> {
  const options = {
    body: 'Opens your page at the alert button.',
    tag: alertButtonTag,
    requireInteraction: true,
    silent: true,
    icon: '/owner-icon-192.png',
    badge: '/owner-badge-96.png',
    actions: [{ action: 'start', title: 'Open' }],
    data: { subscriptionId, question: 'start', stays: true },
  };
  await registration.showNotification('Commonsight', options);
}

export async function removeAlertButton(registration: ServiceWorkerRegistration): Promise<void> {
  for (const notice of await registration.getNotifications({ tag: alertButtonTag })) notice.close();
}
