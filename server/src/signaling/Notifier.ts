import type { NotificationOf, SignalingNotifications } from '@commonsight/types/signaling/notifications';
import type { Topic } from './topics.ts';

/** What the notifier needs of a socket.io namespace. */
export interface Broadcaster {
  to(topic: string | string[]): { emit(name: string, payload: unknown): unknown };
  emit(name: string, payload: unknown): unknown;
}

type Name = keyof SignalingNotifications;

/** Tells topics what has happened, in the form that `types` gives each notification. */
export class Notifier {
  readonly #broadcaster: Pick<Broadcaster, 'to'>;

  constructor(broadcaster: Pick<Broadcaster, 'to'>) {
    this.#broadcaster = broadcaster;
  }

  tell<K extends Name>(topic: Topic | Topic[], name: K, notification: NotificationOf<K>): void {
    this.#broadcaster.to(topic).emit(name, notification);
  }
}
