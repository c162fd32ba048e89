import type { Answer } from '@commonsight/types/answer';
import type { NotificationOf, SignalingNotifications } from '@commonsight/types/signaling/notifications';
import type { RequestOf, ResponseOf, SignalingRequests } from '@commonsight/types/signaling/requests';

type Name = keyof SignalingRequests;
type Answers = { [K in Name]?: (payload: RequestOf<K>) => Answer<ResponseOf<K>> | Promise<Answer<ResponseOf<K>>> };

/** A server made of the answers that a test gives; it keeps what it was asked. */
export class FakeSignaling {
  isConnected = true;
  readonly asked: { name: Name; payload: unknown }[] = [];
  readonly #answers: Answers;
  readonly #listeners = new Map<string, Set<(payload: never) => void>>();

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  async request<K extends Name>(name: K, payload: RequestOf<K>): Promise<Answer<ResponseOf<K>>> {
    this.asked.push({ name, payload });
    const answer = this.#answers[name];
    if (answer === undefined) return { ok: true, value: {} as ResponseOf<K> };
    return answer(payload);
  }

  on<K extends keyof SignalingNotifications>(name: K, listener: (payload: NotificationOf<K>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  tell<K extends keyof SignalingNotifications>(name: K, payload: NotificationOf<K>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }

  of(name: Name): unknown[] {
    return this.asked.filter((asked) => asked.name === name).map((asked) => asked.payload);
  }
}

/** Lets everything that waits for a resolved promise go on. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}
