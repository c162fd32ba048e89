import type { Answer } from '@commonsight/types/answer';
import {
  type NotificationOf,
  type SignalingNotifications,
  signalingNotifications,
} from '@commonsight/types/signaling/notifications';
import type { RequestOf, ResponseOf, SignalingRequests } from '@commonsight/types/signaling/requests';
import { io, type Socket } from 'socket.io-client';
import { until } from '../../testing/until.ts';
import { untilConnected } from './untilConnected.ts';

type Name = keyof SignalingNotifications;
type Told = { [K in Name]: { name: K; notification: NotificationOf<K> } }[Name];

/** A browser's socket: asks as the client does, and keeps what it is told, checked by its schema. */
export class TestBrowser {
  readonly told: Told[] = [];
  readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((name: Name, notification: unknown) => {
      const checked = signalingNotifications[name].parse(notification);
      this.told.push({ name, notification: checked } as Told);
    });
  }

  /** Connects; throws what the server refuses with. */
  static async connect(serverUrl: string, cookie: string, headers: Record<string, string> = {}): Promise<TestBrowser> {
    const socket = io(serverUrl, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 100,
      extraHeaders: { ...(cookie === '' ? {} : { cookie }), ...headers },
    });
    const browser = new TestBrowser(socket);
    await untilConnected(socket);
    return browser;
  }

  ask<K extends keyof SignalingRequests>(name: K, request: RequestOf<K>): Promise<Answer<ResponseOf<K>>> {
    return this.socket.timeout(25_000).emitWithAck(name, request);
  }

  /** Asks, and expects success. */
  async get<K extends keyof SignalingRequests>(name: K, request: RequestOf<K>): Promise<ResponseOf<K>> {
    const answer = await this.ask(name, request);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`);
    return answer.value;
  }

  /** Asks, and expects this error. */
  async refusal<K extends keyof SignalingRequests>(name: K, request: RequestOf<K>): Promise<string> {
    const answer = await this.ask(name, request);
    if (answer.ok) throw new Error(`${name} was answered.`);
    return answer.error.code;
  }

  notifications<K extends Name>(name: K): NotificationOf<K>[] {
    return this.told.filter((entry) => entry.name === name).map((entry) => entry.notification as NotificationOf<K>);
  }

  /** Waits for a notification of the name that fits, also one that has come already. */
  heard<K extends Name>(
    name: K,
    fits: (notification: NotificationOf<K>) => boolean = () => true,
  ): Promise<NotificationOf<K>> {
    return until(() => this.notifications(name).find(fits));
  }

  /** Opens a peer with its transport, ready for consumers. */
  async openPeer(): Promise<ResponseOf<'peer:open'>> {
    const peer = await this.get('peer:open', { resume: null });
    await this.get('transport:create', { rtpCapabilities: { codecs: [] } });
    return peer;
  }

  close(): void {
    this.socket.disconnect();
  }
}
