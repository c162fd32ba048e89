import { answerSchema, type LinkHandlers, type LinkNotifications, type LinkRequests } from '@commonsight/types/answer';
import { answerLinkRequest } from '@commonsight/types/link';
import type { ErrorCode } from '@commonsight/types/errors';
import type { z } from 'zod';
import { CodedError, toWireError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { TokenBucket } from '../signaling/TokenBucket.ts';

const defaultTimeoutMs = 5_000;

/** What a link needs of a socket.io server socket. */
export interface LinkSocket {
  readonly connected: boolean;
  emit(name: string, payload: unknown, acknowledge: (answer: unknown) => void): unknown;
  onAny(listener: (name: string, ...values: unknown[]) => void): unknown;
  once(name: 'disconnect', listener: (reason: string) => void): unknown;
  disconnect(close: boolean): unknown;
  readonly conn: { close(): unknown };
}

/** The messages of one link, as its contract in `types` has them. */
export interface LinkContract<
  Asked extends LinkRequests,
  Told extends LinkNotifications,
  Questions extends LinkRequests,
> {
  /** The server asks these. */
  requests: Asked;
  /** The far end tells these. */
  notifications: Told;
  /** The far end asks these. */
  questions: Questions;
}

export type NotificationHandlers<Told extends LinkNotifications> = {
  [K in keyof Told]: (notification: z.output<Told[K]>) => void;
};

/**
 * One live socket of a link: asks with a time limit and checks the answers, checks and passes on what the far end tells
 * (held back until `release`, so that it comes after the snapshot it belongs behind), and answers its questions.
 */
export class LinkChannel<
  Asked extends LinkRequests,
  Told extends LinkNotifications,
  Questions extends LinkRequests = Record<string, never>,
> {
  readonly #socket: LinkSocket;
  readonly #contract: LinkContract<Asked, Told, Questions>;
  readonly #handlers: NotificationHandlers<Told>;
  readonly #offline: { code: ErrorCode; message: string };
  readonly #logger: Logger;
  readonly #bucket: TokenBucket | null;
  readonly #pending = new Set<(error: Error) => void>();
  #held: (() => void)[] | null = [];
  #droppedMessages = 0;
  #isCutOff = false;

  constructor(options: {
    socket: LinkSocket;
    contract: LinkContract<Asked, Told, Questions>;
    onNotification: NotificationHandlers<Told>;
    onQuestion: LinkHandlers<Questions>;
    /** What a request fails with when the link breaks before its answer. */
    offline: { code: ErrorCode; message: string };
    /** How much the far end may say; who says more is cut off. Without it, as much as it likes. */
    limit?: { burst: number; perSecond: number };
    logger: Logger;
  }) {
    this.#socket = options.socket;
    this.#contract = options.contract;
    this.#handlers = options.onNotification;
    this.#offline = options.offline;
    this.#logger = options.logger;
    this.#bucket = options.limit === undefined ? null : new TokenBucket(options.limit, Date.now());
    options.socket.onAny((name, ...values) => this.#handleMessage(name, values, options.onQuestion));
    options.socket.once('disconnect', () => {
      this.#held = [];
      for (const fail of this.#pending) fail(new CodedError(this.#offline.code, this.#offline.message));
    });
  }

  /** Messages of the far end that were not of the agreed form. */
  get droppedMessages(): number {
    return this.#droppedMessages;
  }

  get isOpen(): boolean {
    return this.#socket.connected;
  }

  async ask<K extends keyof Asked & string>(
    name: K,
    request: z.input<Asked[K]['request']>,
    options: { timeoutMs?: number } = {},
  ): Promise<z.output<Asked[K]['response']>> {
    if (!this.#socket.connected) throw new CodedError(this.#offline.code, this.#offline.message);
    const answer = await this.#emit(name, request, options.timeoutMs ?? defaultTimeoutMs);
    const contract = this.#contract.requests[name] as Asked[K];
    const parsed = answerSchema(contract.response).safeParse(answer);
    if (!parsed.success) {
      this.#logger.warn({ request: name, issue: parsed.error.issues[0] }, 'A link answered in another form.');
      throw new CodedError('internal', undefined, { cause: parsed.error });
    }
    const checked = parsed.data;
    if (!checked.ok) throw new CodedError(checked.error.code, checked.error.message);
    return checked.value as z.output<Asked[K]['response']>;
  }

  /** Passes on what was held back, in its order, and everything from now on at once. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const deliver of held) deliver();
  }

  /** Ends the link for good: a socket.io client that is told so does not dial again by itself. */
  close(): void {
    this.#socket.disconnect(true);
  }

  /** Ends this socket as a broken network would: the far end dials again. */
  breakOff(): void {
    this.#socket.conn.close();
  }

  #emit(name: string, request: unknown, timeoutMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        this.#pending.delete(fail);
      };
      const fail = (error: Error) => {
        settle();
        reject(error);
      };
      const timer = setTimeout(() => fail(new CodedError('timedOut')), timeoutMs);
      this.#pending.add(fail);
      this.#socket.emit(name, request, (answer) => {
        settle();
        resolve(answer);
      });
    });
  }

  #handleMessage(name: string, values: unknown[], onQuestion: LinkHandlers<Questions>): void {
    // What was on its way when the link was cut off.
    if (!this.#socket.connected || this.#isCutOff) return;
    if (this.#bucket?.take(Date.now()) === false) {
      this.#isCutOff = true;
      this.#logger.warn('A link says more than it may. It is cut off.');
      this.breakOff();
      return;
    }
    const acknowledge = values.at(-1);
    if (typeof acknowledge === 'function') {
      void answerLinkRequest(this.#contract.questions, onQuestion, toWireError, name, values[0]).then((answer) =>
        acknowledge(answer),
      );
      return;
    }
    const schema = Object.hasOwn(this.#contract.notifications, name) ? this.#contract.notifications[name] : undefined;
    const parsed = schema?.safeParse(values[0]);
    if (parsed?.success !== true) {
      this.#countDropped(name);
      return;
    }
    const handle = this.#handlers[name as keyof Told] as (notification: unknown) => void;
    const deliver = () => handle(parsed.data);
    if (this.#held === null) deliver();
    else this.#held.push(deliver);
  }

  /** A far end that sends nothing else must not fill the log: a line at the 1st, 2nd, 4th, 8th... */
  #countDropped(name: string): void {
    this.#droppedMessages += 1;
    const dropped = this.#droppedMessages;
    if ((dropped & (dropped - 1)) === 0) {
      this.#logger.warn(
        { message: name.slice(0, 60), dropped },
        'A link sent a message of another form. It was dropped.',
      );
    }
  }
}
