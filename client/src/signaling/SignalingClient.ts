import { type Answer, answerSchema } from '@commonsight/types/answer';
import {
  type NotificationOf,
  type SignalingNotifications,
  signalingNotifications,
} from '@commonsight/types/signaling/notifications';
import {
  type RequestOf,
  type ResponseOf,
  type SignalingRequests,
  signalingRequests,
} from '@commonsight/types/signaling/requests';
import type { z } from 'zod';
import type { SignalingSocket } from './SignalingSocket.ts';

/** `isAgain` says that the connection was there before: what was missed in between has to be read anew. */
export type ConnectionChange =
  | { state: 'connected'; isAgain: boolean }
  | { state: 'lost' }
  | { state: 'refused'; message: string };

type NotificationName = keyof SignalingNotifications;
type Listener = (payload: never) => void;

const defaultTimeoutMs = 10_000;
const retryAfterRefusalMs = 1_500;

/**
 * The window's one connection to the server: typed requests with an answer that is always a value, and notifications
 * that are checked before anybody sees them. socket.io owns the reconnecting, except after a refusal, where it gives up.
 */
export class SignalingClient {
  readonly #socket: SignalingSocket;
  readonly #listeners = new Map<NotificationName, Set<Listener>>();
  readonly #connectionListeners = new Set<(change: ConnectionChange) => void>();
  #wasConnected = false;
  #isClosed = false;
  #droppedCount = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  private constructor(socket: SignalingSocket) {
    this.#socket = socket;
  }

  static create(socket: SignalingSocket): SignalingClient {
    const client = new SignalingClient(socket);
    client.#handleSocket();
    return client;
  }

  open(): void {
    if (!this.#isClosed) this.#socket.connect();
  }

  /** Ends the connection and makes it anew: its cookie is another one now. */
  redial(): void {
    if (this.#isClosed) return;
    this.#socket.disconnect();
    clearTimeout(this.#retryTimer);
    this.open();
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  /** How many notifications were dropped because they did not have the agreed form. */
  get droppedCount(): number {
    return this.#droppedCount;
  }

  /** Asks and waits for the answer. A broken connection and a late answer are answers too (`timedOut`). */
  request<K extends keyof SignalingRequests>(
    name: K,
    payload: RequestOf<K>,
    timeoutMs = defaultTimeoutMs,
  ): Promise<Answer<ResponseOf<K>>> {
    // Without a connection socket.io would keep the request and send it whenever: by then it is stale.
    if (!this.#socket.connected) return Promise.resolve(failed('There is no connection to the server.'));
    return new Promise((resolve) => {
      this.#socket.timeout(timeoutMs).emit(name, payload, (error, answer) => {
        if (error !== null) {
          resolve(failed('The server did not answer in time.'));
          return;
        }
        const parsed = schemaOfAnswer(name).safeParse(answer);
        resolve(
          parsed.success
            ? (parsed.data as Answer<ResponseOf<K>>)
            : { ok: false, error: { code: 'internal', message: 'The server gave an answer that is not understood.' } },
        );
      });
    });
  }

  /** Listens to one notification; returns the function that stops it. */
  on<K extends NotificationName>(name: K, listener: (payload: NotificationOf<K>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set<Listener>();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  onConnectionChange(listener: (change: ConnectionChange) => void): () => void {
    this.#connectionListeners.add(listener);
    return () => this.#connectionListeners.delete(listener);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#retryTimer);
    this.#listeners.clear();
    this.#connectionListeners.clear();
    this.#socket.removeAllListeners();
    this.#socket.disconnect();
  }

  #handleSocket(): void {
    this.#socket.on('connect', () => {
      const isAgain = this.#wasConnected;
      this.#wasConnected = true;
      this.#tell({ state: 'connected', isAgain });
    });
    this.#socket.on('disconnect', () => {
      this.#tell({ state: 'lost' });
      this.#retryWhenGivenUp();
    });
    this.#socket.on('connect_error', (error) => {
      this.#retryWhenGivenUp();
      this.#tell({ state: 'refused', message: error instanceof Error ? error.message : 'unknown' });
    });
    this.#socket.onAny((name, payload) => this.#dispatch(name, payload));
  }

  #retryWhenGivenUp(): void {
    if (this.#socket.active || this.#isClosed) return;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.open(), retryAfterRefusalMs);
  }

  #tell(change: ConnectionChange): void {
    for (const listener of this.#connectionListeners) listener(change);
  }

  #dispatch(name: string, payload: unknown): void {
    if (!isNotificationName(name)) {
      this.#droppedCount += 1;
      return;
    }
    const parsed = signalingNotifications[name].safeParse(payload);
    if (!parsed.success) {
      this.#droppedCount += 1;
      return;
    }
    for (const listener of this.#listeners.get(name) ?? []) listener(parsed.data as never);
  }
}

const answerSchemas = new Map<keyof SignalingRequests, z.ZodType>();

/** Made once for each request: making a schema costs more than using it. */
function schemaOfAnswer(name: keyof SignalingRequests): z.ZodType {
  const schema = answerSchemas.get(name) ?? answerSchema(signalingRequests[name].response);
  answerSchemas.set(name, schema);
  return schema;
}

function isNotificationName(name: string): name is NotificationName {
  return Object.hasOwn(signalingNotifications, name);
}

function failed(message: string): { ok: false; error: { code: 'timedOut'; message: string } } {
  return { ok: false, error: { code: 'timedOut', message } };
}
