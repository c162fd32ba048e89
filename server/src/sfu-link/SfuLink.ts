import { createHash, timingSafeEqual } from 'node:crypto';
import {
  controlNotifications,
  type ControlNotifications,
  controlRequests,
  type ControlRequests,
  type HostSnapshot,
} from '@commonsight/types/control/control';
import type { Namespace, Socket } from 'socket.io';
import type { z } from 'zod';
import { CodedError } from '../errors.ts';
import { LinkChannel, type NotificationHandlers } from '../link/LinkChannel.ts';
import type { Logger } from '../logger.ts';
import type { IsProxy } from '../proxies.ts';
import { refuseSocket } from '../signaling/refuseSocket.ts';
import { sourceAddress } from '../signaling/sourceAddress.ts';
import { TokenBucket } from '../signaling/TokenBucket.ts';

type Channel = LinkChannel<ControlRequests, ControlNotifications>;

type State = { is: 'away' } | { is: 'adopting'; channel: Channel } | { is: 'ready'; channel: Channel };

const readyTimeoutMs = 3_000;
const snapshotTimeoutMs = 5_000;
/** Lines about wrong secrets; whoever tries again and again must not fill the log. */
const refusalLogLimit = { burst: 5, perSecond: 1 / 60 };

/** What the SFU host's coming, going and telling means to the rest of the live side. */
export interface SfuLinkUser {
  /**
   * Brings the records and the host's snapshot together. Nothing else is asked of the host and nothing that it tells
   * is passed on until the promise resolves; when it rejects, the host has to dial again.
   */
  hostConnected(snapshot: HostSnapshot, ask: AskHost): Promise<void>;
  /** The host can be asked. */
  hostReady(): void;
  /** The link broke. What the host forwards goes on meanwhile, or is gone: the next snapshot tells. */
  hostLost(): void;
  onNotification: NotificationHandlers<ControlNotifications>;
}

export type AskHost = <K extends keyof ControlRequests>(
  name: K,
  request: z.input<ControlRequests[K]['request']>,
  options?: { timeoutMs?: number },
) => Promise<z.output<ControlRequests[K]['response']>>;

const offline = { code: 'mediaUnavailable', message: 'No media server is connected. Retrying by itself.' } as const;

/** The server's end of the control link: one SFU host that has proved the shared secret. */
export class SfuLink {
  readonly #logger: Logger;
  readonly #user: SfuLinkUser;
  readonly #waiting = new Set<() => void>();
  #state: State = { is: 'away' };

  constructor(options: { namespace: Namespace; secret: string; user: SfuLinkUser; isProxy: IsProxy; logger: Logger }) {
    this.#logger = options.logger;
    this.#user = options.user;
    const logBucket = new TokenBucket(refusalLogLimit, Date.now());
    let refused = 0;
    options.namespace.use((socket, next) => {
      if (isSameSecret(socket.handshake.auth['secret'], options.secret)) return next();
      refused += 1;
      if (logBucket.take(Date.now())) {
        const address = sourceAddress(socket.request, options.isProxy);
        options.logger.warn({ address, refused }, 'A host with a wrong secret was refused.');
      }
      return refuseSocket(socket, next, 'wrongCredentials');
    });
    options.namespace.on('connection', (socket) => void this.#adopt(socket));
  }

  /** Whether a host is there and its snapshot has been adopted. */
  get isReady(): boolean {
    return this.#state.is === 'ready';
  }

  /** Resolves when a host is adopted; throws `mediaUnavailable` when there is none to wait for. */
  async untilReady(): Promise<void> {
    if (this.#state.is === 'adopting') await this.#untilAdopted(readyTimeoutMs);
    if (this.#state.is !== 'ready') throw new CodedError(offline.code, offline.message);
  }

  /** Asks the host; waits a little for one that is just being adopted. */
  readonly ask: AskHost = async (name, request, options) => {
    if (this.#state.is === 'adopting')
      await this.#untilAdopted(Math.min(readyTimeoutMs, options?.timeoutMs ?? readyTimeoutMs));
    if (this.#state.is !== 'ready') throw new CodedError(offline.code, offline.message);
    return this.#state.channel.ask(name, request, options);
  };

  async #adopt(socket: Socket): Promise<void> {
    // A second host, or the same one whose old socket has not been noticed as broken: the newest is the one that lives.
    if (this.#state.is !== 'away') {
      this.#logger.warn('A new SFU host takes the place of the one before.');
      this.#state.channel.close();
    }
    const channel: Channel = new LinkChannel({
      socket,
      contract: { requests: controlRequests, notifications: controlNotifications, questions: {} },
      onNotification: this.#user.onNotification,
      onQuestion: {},
      offline,
      logger: this.#logger,
    });
    this.#state = { is: 'adopting', channel };
    socket.once('disconnect', () => this.#channelClosed(channel));
    try {
      const snapshot = await channel.ask('host:snapshot', {}, { timeoutMs: snapshotTimeoutMs });
      await this.#user.hostConnected(snapshot, (name, request, options) => channel.ask(name, request, options));
      if (!this.#holds(channel)) return;
      this.#state = { is: 'ready', channel };
      this.#logger.info({ hostId: snapshot.hostId, uplinks: snapshot.uplinks.length }, 'The SFU host is connected.');
      channel.release();
      this.#wake();
      this.#user.hostReady();
    } catch (error) {
      this.#logger.warn({ err: error }, 'The SFU host could not be adopted. It will dial again.');
      channel.breakOff();
    }
  }

  #holds(channel: Channel): boolean {
    return this.#state.is !== 'away' && this.#state.channel === channel;
  }

  #channelClosed(channel: Channel): void {
    if (!this.#holds(channel)) return;
    this.#state = { is: 'away' };
    this.#logger.warn('The SFU host is away.');
    this.#wake();
    this.#user.hostLost();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  async #untilAdopted(limitMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
      this.#waiting.add(resolve);
    });
    clearTimeout(timer);
  }
}

/** Compares digests, so that neither the time nor the length tells anything about the secret. */
function isSameSecret(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
