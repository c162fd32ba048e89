import type { Answer, LinkHandlers } from '@commonsight/types/answer';
import { type ControlRequests, controlNamespace, controlRequests } from '@commonsight/types/control/control';
import type { WireError } from '@commonsight/types/errors';
import { answerLinkRequest } from '@commonsight/types/link';
import type { Logger } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { DroppedMessages } from './DroppedMessages.ts';
import type { Tell } from './tell.ts';

export interface ControlLinkSettings {
  serverUrl: string;
  linkSecret: string;
}

const minRedialMs = 200;
const maxRedialMs = 2_000;
const dialTimeoutMs = 5_000;

/**
 * The host's only door: dials the server for as long as it lives and answers what it asks. While the link is down
 * everything else goes on; the server takes a snapshot when it is back.
 */
export class ControlLink {
  readonly #socket: Socket;
  readonly #handlers: LinkHandlers<ControlRequests>;
  readonly #toWireError: (error: unknown) => WireError;
  readonly #log: Logger;
  readonly #dropped: DroppedMessages;
  #redial: NodeJS.Timeout | undefined;

  /** `toWireError` translates what a handler throws. */
  static open(
    settings: ControlLinkSettings,
    handlers: LinkHandlers<ControlRequests>,
    toWireError: (error: unknown) => WireError,
    log: Logger,
  ): ControlLink {
    const link = new ControlLink(settings, handlers, toWireError, log);
    link.#socket.connect();
    return link;
  }

  private constructor(
    { serverUrl, linkSecret }: ControlLinkSettings,
    handlers: LinkHandlers<ControlRequests>,
    toWireError: (error: unknown) => WireError,
    log: Logger,
  ) {
    this.#handlers = handlers;
    this.#toWireError = toWireError;
    this.#log = log;
    this.#dropped = new DroppedMessages(log);
    this.#socket = io(`${serverUrl}${controlNamespace}`, {
      transports: ['websocket'],
      auth: { secret: linkSecret },
      autoConnect: false,
      forceNew: true,
      reconnectionDelay: minRedialMs,
      reconnectionDelayMax: maxRedialMs,
      timeout: dialTimeoutMs,
    });
    this.#handleSocket();
  }

  readonly tell: Tell = (name, payload) => {
    // Without this, socket.io keeps what is sent while it is disconnected and sends it to a server that has already
    // taken a snapshot.
    if (this.#socket.connected) this.#socket.emit(name, payload);
  };

  /** Idempotent. */
  close(): void {
    clearTimeout(this.#redial);
    this.#dropped.close();
    this.#socket.disconnect();
  }

  #handleSocket(): void {
    // A server that is away is dialled up to five times a second: only another reason than the last is worth a line.
    let reported: string | undefined;
    const report = (reason: string) => {
      this.#log[reason === reported ? 'debug' : 'warn']({ reason }, 'control link is down, dialling again');
      reported = reason;
      this.#redialUnlessActive();
    };
    this.#socket.on('connect', () => {
      reported = undefined;
      this.#log.info('control link up');
    });
    this.#socket.on('connect_error', (error) => report(error.message));
    this.#socket.on('disconnect', (reason) => {
      if (reason !== 'io client disconnect') report(reason);
    });
    this.#socket.onAny((name: string, ...args: unknown[]) => void this.#receive(name, args));
  }

  /** socket.io dials again by itself, but not after the server has refused the secret or ended the connection. */
  #redialUnlessActive(): void {
    if (this.#socket.active) return;
    clearTimeout(this.#redial);
    this.#redial = setTimeout(() => this.#socket.connect(), maxRedialMs);
  }

  async #receive(name: string, args: unknown[]): Promise<void> {
    const acknowledge = args.at(-1);
    if (!isAcknowledgement(acknowledge)) {
      this.#dropped.count(Object.hasOwn(controlRequests, name) ? 'noAcknowledgement' : 'unknownName');
      return;
    }
    const payload = args.length > 1 ? args[0] : undefined;
    acknowledge(await answerLinkRequest(controlRequests, this.#handlers, this.#toWireError, name, payload));
  }
}

/** A function among the arguments can only be socket.io's own: nothing else of its kind comes over a wire. */
function isAcknowledgement(value: unknown): value is (answer: Answer<unknown>) => void {
  return typeof value === 'function';
}
