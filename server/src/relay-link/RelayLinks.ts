import type { LinkHandlers } from '@commonsight/types/answer';
import { relayHelloSchema, type RelayHello } from '@commonsight/types/relay/enrolment';
import {
  relayNotifications,
  type RelayNotifications,
  relayQuestions,
  type RelayQuestions,
  relayRequests,
  type RelayRequests,
} from '@commonsight/types/relay/relay-link';
import type { Namespace, Socket } from 'socket.io';
import type { z } from 'zod';
import { CodedError } from '../errors.ts';
import { LinkChannel, type NotificationHandlers } from '../link/LinkChannel.ts';
import type { Logger } from '../logger.ts';
import type { IsProxy } from '../proxies.ts';
import { refuseSocket } from '../signaling/refuseSocket.ts';
import { sourceAddress } from '../signaling/sourceAddress.ts';

type Channel = LinkChannel<RelayRequests, RelayNotifications, RelayQuestions>;
export type RelaySnapshot = z.output<RelayRequests['relay:snapshot']['response']>;

/** A relay that has proved its key. */
export interface ProvenRelay {
  relayId: string;
  agencyId: string;
  siteId: string;
  sourceAddress: string | null;
}

interface RelayLink {
  relay: ProvenRelay;
  channel: Channel;
  /** Whether its snapshot is known, so that it can be asked for streams. */
  isAdopted: boolean;
}

export type AskRelay = <K extends keyof RelayRequests>(
  relayId: string,
  name: K,
  request: z.input<RelayRequests[K]['request']>,
  options?: { timeoutMs?: number },
) => Promise<z.output<RelayRequests[K]['response']>>;

/** Checks a relay's proof; writes a refusal down and throws. */
export type VerifyHello = (hello: RelayHello, sourceAddress: string | null) => Promise<ProvenRelay>;

/** What relays' coming, going and telling means to the rest of the live side. */
export interface RelayLinksUser {
  /** Writes down that the relay is there and reads what is known of its site, before its snapshot is asked for. */
  relayArrived(relay: ProvenRelay): Promise<void>;
  /**
   * Brings records and snapshot together. Not a promise: a stream that was started between the snapshot and this would
   * look as if the relay had lost it. Nothing that the relay tells is passed on before.
   */
  relayConnected(relay: ProvenRelay, snapshot: RelaySnapshot): void;
  relayLost(relay: ProvenRelay): void;
  handlersFor(relay: ProvenRelay): NotificationHandlers<RelayNotifications>;
  questionsOf(relay: ProvenRelay): LinkHandlers<RelayQuestions>;
}

const snapshotTimeoutMs = 5_000;
/** A site with a hundred live streams tells their clocks once a second, and now and then their health. */
const messageLimit = { burst: 1_000, perSecond: 300 };
const offline = { code: 'relayOffline', message: 'The relay of this site is offline.' } as const;

/** The server's ends of all relay links: at most one live link for each relay. */
export class RelayLinks {
  readonly #links = new Map<string, RelayLink>();
  readonly #proven = new WeakMap<Socket, ProvenRelay>();
  readonly #user: RelayLinksUser;
  readonly #logger: Logger;

  constructor(options: {
    namespace: Namespace;
    verifyHello: VerifyHello;
    user: RelayLinksUser;
    isProxy: IsProxy;
    logger: Logger;
  }) {
    this.#user = options.user;
    this.#logger = options.logger;
    options.namespace.use((socket, next) => {
      const address = sourceAddress(socket.request, options.isProxy);
      void this.#guard(socket, (hello) => options.verifyHello(hello, address), next);
    });
    options.namespace.on('connection', (socket) => void this.#adopt(socket));
  }

  /** The relay that serves a site now, or null. The one that connected last, should there be several. */
  onlineOfSite(siteId: string): string | null {
    const links = [...this.#links.values()].filter((link) => link.isAdopted && link.relay.siteId === siteId);
    return links.at(-1)?.relay.relayId ?? null;
  }

  readonly ask: AskRelay = async (relayId, name, request, options) => {
    const link = this.#links.get(relayId);
    if (link === undefined) throw new CodedError(offline.code, offline.message);
    return link.channel.ask(name, request, options);
  };

  /** Ends the relay's link for good, because its key was revoked. */
  refuse(relayId: string): void {
    this.#links.get(relayId)?.channel.close();
  }

  async #guard(
    socket: Socket,
    verifyHello: (hello: RelayHello) => Promise<ProvenRelay>,
    next: (refusal?: Error) => void,
  ): Promise<void> {
    try {
      // A hello of another form is no relay's and names none: there is nobody to write down.
      const hello = relayHelloSchema.parse(socket.handshake.auth);
      this.#proven.set(socket, await verifyHello(hello));
      next();
    } catch {
      // ENR4: the answer does not say what was wrong.
      refuseSocket(socket, next, 'wrongCredentials');
    }
  }

  async #adopt(socket: Socket): Promise<void> {
    const relay = this.#proven.get(socket);
    if (relay === undefined) {
      socket.disconnect(true);
      return;
    }
    // The same relay came back before its old socket was noticed as broken, or its key runs twice: the newest lives.
    this.#links.get(relay.relayId)?.channel.close();
    const channel: Channel = new LinkChannel({
      socket,
      contract: { requests: relayRequests, notifications: relayNotifications, questions: relayQuestions },
      onNotification: this.#user.handlersFor(relay),
      onQuestion: this.#user.questionsOf(relay),
      offline,
      limit: messageLimit,
      logger: this.#logger.child({ relayId: relay.relayId }),
    });
    const link: RelayLink = { relay, channel, isAdopted: false };
    this.#links.set(relay.relayId, link);
    socket.once('disconnect', () => {
      if (this.#links.get(relay.relayId)?.channel !== channel) return;
      this.#links.delete(relay.relayId);
      this.#logger.warn({ relayId: relay.relayId }, 'A relay is away.');
      this.#user.relayLost(relay);
    });
    try {
      await this.#user.relayArrived(relay);
      const snapshot = await channel.ask('relay:snapshot', {}, { timeoutMs: snapshotTimeoutMs });
      link.isAdopted = true;
      this.#user.relayConnected(relay, snapshot);
      this.#logger.info({ relayId: relay.relayId, streams: snapshot.streams.length }, 'A relay is connected.');
      channel.release();
    } catch (error) {
      this.#logger.warn({ err: error, relayId: relay.relayId }, 'A relay could not be adopted. It will dial again.');
      channel.breakOff();
    }
  }
}
