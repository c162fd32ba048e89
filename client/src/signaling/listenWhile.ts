import type { NotificationOf, SignalingNotifications } from '@commonsight/types/signaling/notifications';
import type { SignalingClient } from './SignalingClient.ts';

type Name = keyof SignalingNotifications;

/**
 * What was told while something was being read, in order. A snapshot may be older than notifications that arrived
 * before it, so these are made on it again.
 */
export async function listenWhile<N extends Name, T>(
  signaling: Pick<SignalingClient, 'on'>,
  names: readonly N[],
  read: () => Promise<T>,
): Promise<{ result: T; told: Told<N>[] }> {
  const told: Told<N>[] = [];
  const stops = names.map((name) => signaling.on(name, (payload) => told.push({ name, payload })));
  try {
    return { result: await read(), told };
  } finally {
    for (const stop of stops) stop();
  }
}

export type Told<N extends Name> = { [K in N]: { name: K; payload: NotificationOf<K> } }[N];
