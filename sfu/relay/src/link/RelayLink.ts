import { answerSchema, type Answer } from '@commonsight/types/answer';
import {
  relayNamespace,
  type RelayNotifications,
  type RelayQuestions,
  relayQuestions,
} from '@commonsight/types/relay/relay-link';
import type { Logger } from 'pino';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { pause } from '../pause.ts';
import { makeHello, type RelayProof } from './makeHello.ts';

export interface RelayLinkOptions {
  readonly proof: RelayProof;
  readonly log: Logger;
  readonly answerRequest: (name: string, payload: unknown) => Promise<Answer<unknown>>;
  /** The link is up: what the server may have missed is to be told. */
  readonly onConnected: () => void;
}

const firstRetryMs = 200;
const longestRetryMs = 5_000;
const connectTimeoutMs = 5_000;
const answerTimeoutMs = 5_000;

/**
 * The relay's door to the server: it dials the server and never listens. When the link is lost it dials for ever, and every time
 * it proves its key anew. What it tells while there is no link is lost; `onConnected` makes up for it.
 */
export class RelayLink {
  readonly #options: RelayLinkOptions;
  readonly #socket: Socket;
  readonly #abort = new AbortController();
  #run: Promise<void> | undefined;
  #droppedMessages = 0;

  constructor(options: RelayLinkOptions) {
    this.#options = options;
    this.#socket = io(new URL(relayNamespace, options.proof.serverUrl).href, {
      transports: ['websocket'],
      // Each connection needs a fresh proof, so connecting again is done here and not there.
      autoConnect: false,
      reconnection: false,
      forceNew: true,
      timeout: connectTimeoutMs,
    });
    this.#socket.onAny((name: string, ...values: unknown[]) => this.#handleMessage(name, values));
  }

  /** Messages that asked for no answer and that nobody knows. */
  get droppedMessages(): number {
    return this.#droppedMessages;
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  start(): void {
    this.#run ??= this.#keepConnected();
  }

  tell<K extends keyof RelayNotifications>(name: K, notification: z.input<RelayNotifications[K]>): void {
    if (this.#socket.connected) this.#socket.emit(name, notification);
  }

  /** Asks the server. Throws when there is no link, no answer, or a refusal. */
  async ask<K extends keyof RelayQuestions>(
    name: K,
    request: z.input<RelayQuestions[K]['request']>,
  ): Promise<z.output<RelayQuestions[K]['response']>> {
    if (!this.#socket.connected) throw new Error('The link is down.');
    const answer: unknown = await this.#socket.timeout(answerTimeoutMs).emitWithAck(name, request);
    const contract: RelayQuestions[K] = relayQuestions[name];
    const parsed = answerSchema(contract.response).parse(answer);
    if (!parsed.ok) throw new Error(`The server refuses: ${parsed.error.code}.`);
    return parsed.value as z.output<RelayQuestions[K]['response']>;
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#abort.abort();
    this.#socket.close();
    await this.#run;
  }

  async #keepConnected(): Promise<void> {
    const { log } = this.#options;
    const { signal } = this.#abort;
    let delayMs = firstRetryMs;
    let isFailureKnown = false;
    while (!signal.aborted) {
      try {
        // Heard from before the link stands: a server that ends it at once says why in the same packet.
        const ended = this.#nextEnd();
        await this.#connect();
        log.info('connected to the server');
        isFailureKnown = false;
        delayMs = firstRetryMs;
        const reason = await ended;
        if (signal.aborted) return;
        log.warn({ reason }, 'link to the server is lost, will be tried again');
        // The server said so itself: our key was revoked, or another process uses it. Neither ends soon.
        if (reason === 'io server disconnect') delayMs = longestRetryMs;
      } catch (error) {
        if (signal.aborted) return;
        log[isFailureKnown ? 'debug' : 'warn']({ err: error }, 'server cannot be reached, will be tried again');
        isFailureKnown = true;
        this.#socket.disconnect();
      }
      await pause(delayMs * (0.75 + Math.random() * 0.5), signal);
      delayMs = Math.min(longestRetryMs, delayMs * 2);
    }
  }

  async #connect(): Promise<void> {
    this.#socket.auth = { ...(await makeHello(this.#options.proof, this.#abort.signal)) };
    this.#abort.signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // Neither event comes when the connection stands and the namespace does not answer.
    const timer = setTimeout(() => reject(new Error('The server does not answer.')), connectTimeoutMs);
    this.#socket.once('connect', resolve);
    this.#socket.once('connect_error', reject);
    const abort = () => reject(new Error('The relay is closing.'));
    this.#abort.signal.addEventListener('abort', abort);
    this.#socket.connect();
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#socket.off('connect', resolve);
      this.#socket.off('connect_error', reject);
      this.#abort.signal.removeEventListener('abort', abort);
    }
    this.#options.onConnected();
  }

  #nextEnd(): Promise<string> {
    this.#socket.off('disconnect');
    return new Promise((resolve) => this.#socket.once('disconnect', resolve));
  }

  #handleMessage(name: string, values: unknown[]): void {
    const acknowledge = values.at(-1);
    if (typeof acknowledge !== 'function') {
      this.#droppedMessages += 1;
      return;
    }
    const payload = values.length > 1 ? values[0] : undefined;
    void this.#options.answerRequest(name, payload).then((answer) => acknowledge(answer));
  }
}
