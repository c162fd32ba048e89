import type { OwnerQuestion } from '@commonsight/types/push';
import type { Opening } from '../owner/app/ownerWorker.ts';
import { type Notice, noticeOf, stoppedNotice } from './noticeOf.ts';
import { offlinePage } from './offlinePage.ts';

/*
 * The owner's page's service worker. It shows push messages, opens the page at the question that one asks, and says so when there
 * is no connection. It keeps nothing: no answer, no page, no secret. It is one file of its own (`vite.config.ts` sees to that),
 * because not every browser takes a module here; so nothing of this folder is imported by pages, and of theirs only types here.
 */

interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}

interface WorkerClient {
  readonly url: string;
  focus(): Promise<unknown>;
  postMessage(message: Opening, options: { transfer: [] }): void;
}

/** What of a service worker's scope is used: the types of pages do not know it. */
interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly WorkerClient[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate' | 'pushsubscriptionchange', handle: (waiting: Waiting) => void): void;
  addEventListener(name: 'push', handle: (pushed: Waiting & { data: { text(): string } | null }) => void): void;
  addEventListener(
    name: 'fetch',
    handle: (asked: { request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
  addEventListener(
    name: 'notificationclick',
    handle: (pressed: Waiting & { action: string; notification: Notification }) => void,
  ): void;
}

const pagePath = '/owner';
const scope = globalThis as unknown as WorkerScope;

scope.addEventListener('install', (waiting) => waiting.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (waiting) => waiting.waitUntil(scope.clients.claim()));

// The scope is a beginning of paths, so that others are within it too; those, and everything but the page itself, go their way.
scope.addEventListener('fetch', (asked) => {
  const { request } = asked;
  if (request.mode !== 'navigate' || new URL(request.url).pathname !== pagePath) return;
  asked.respondWith(fetch(request).catch(() => offlinePage()));
});

scope.addEventListener('push', (pushed) => pushed.waitUntil(show(noticeOf(pushed.data?.text() ?? ''))));
scope.addEventListener('pushsubscriptionchange', (waiting) => waiting.waitUntil(show(stoppedNotice)));

scope.addEventListener('notificationclick', (pressed) => {
  const { notification, action } = pressed;
  const { subscriptionId, question, stays } = notification.data as Opening & { stays?: boolean };
  // The button that an owner keeps among the notices is there to be pressed again.
  if (stays !== true) notification.close();
  pressed.waitUntil(open({ subscriptionId, question: action === '' ? question : (action as OwnerQuestion) }));
});

function show({ title, body, tag, isLoud, isLasting, actions, subscriptionId, question }: Notice): Promise<void> {
  const options = {
    body,
    tag,
    renotify: isLoud,
    requireInteraction: isLasting,
    actions,
    icon: '/owner-icon-192.png',
    badge: '/owner-badge-96.png',
    data: { subscriptionId, question } satisfies Opening,
  };
  return scope.registration.showNotification(title, options);
}

/** Brings the open page to the front, else opens one. Only the page has the owner's key, so that nothing is ordered from here. */
async function open(opening: Opening): Promise<void> {
  const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = windows.find(({ url }) => new URL(url).pathname === pagePath);
  if (page === undefined) {
    const search = new URLSearchParams({ ask: opening.question });
    if (opening.subscriptionId !== null) search.set('subscription', opening.subscriptionId);
    await scope.clients.openWindow(`${pagePath}?${search.toString()}`);
    return;
  }
  page.postMessage(opening, { transfer: [] });
  await page.focus();
}
