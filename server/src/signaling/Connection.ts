import type { NotificationOf, SignalingNotifications } from '@commonsight/types/signaling/notifications';
import type { UserActor } from '../access/Actor.ts';
import type { Topic } from './topics.ts';

/** What a connection needs of a socket.io server socket. */
export interface ConnectionSocket {
  readonly connected: boolean;
  join(topic: string): unknown;
  leave(topic: string): unknown;
  emit(name: string, payload: unknown): unknown;
  disconnect(close: boolean): unknown;
  /** The transport below the socket. */
  readonly conn: { close(): unknown };
}

/** One live socket of a session. */
export class Connection {
  readonly id: string;
  readonly actor: UserActor;
  readonly #socket: ConnectionSocket;
  #isLocked = false;

  #isRefused = false;

  constructor(options: { id: string; actor: UserActor; socket: ConnectionSocket }) {
    this.id = options.id;
    this.actor = options.actor;
    this.#socket = options.socket;
  }

  get isOpen(): boolean {
    return this.#socket.connected;
  }

  /** Whether its session has ended, so that nothing of it is served any more. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  refuse(): void {
    this.#isRefused = true;
  }

  /** Joins a topic. Joining a topic again changes nothing. */
  join(topic: Topic): void {
    if (this.#socket.connected) void this.#socket.join(topic);
  }

  leave(topic: Topic): void {
    void this.#socket.leave(topic);
  }

  /** Tells this connection alone. */
  tell<K extends keyof SignalingNotifications>(name: K, notification: NotificationOf<K>): void {
    if (this.#socket.connected) this.#socket.emit(name, notification);
  }

  /** Its session is locked, or was unlocked with a cookie that this socket has not shown. */
  get isLocked(): boolean {
    return this.#isLocked;
  }

  lock(reason: NotificationOf<'session:locked'>['reason']): void {
    this.#isLocked = true;
    this.tell('session:locked', { reason });
  }

  /** As a broken network would: the browser dials again, with the cookie that it has by then. */
  breakOff(): void {
    this.#socket.conn.close();
  }

  /** Says why and disconnects. */
  endSession(end: NotificationOf<'session:ended'>): void {
    this.refuse();
    this.tell('session:ended', end);
    this.#socket.disconnect(true);
  }
}
