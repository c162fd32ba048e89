import type { Answer } from '@commonsight/types/answer';
import { explainIssues } from '@commonsight/types/link';
import {
  type SignalingRequest,
  signalingRequests,
  type SignalingRequests,
} from '@commonsight/types/signaling/requests';
import type { z } from 'zod';
import { type Access, wasAdmitted } from '../access/Access.ts';
import type { UserActor } from '../access/Actor.ts';
import { CodedError, toWireError } from '../errors.ts';
import type { LiveLimits } from '../live.ts';
import type { Logger } from '../logger.ts';
import type { UserTurns } from '../plugins/UserTurns.ts';
import type { Connection } from './Connection.ts';
import type { MessageCounters } from './MessageCounters.ts';
import { withTimeLimit } from './withTimeLimit.ts';

/** Who asks: a fresh actor for every request, so that the gate's admission of one counts for no other. */
export interface RequestContext {
  actor: UserActor;
  connection: Connection;
  /** Aborted when the browser has been told that it took too long: what comes to life afterwards has nobody. */
  signal: AbortSignal;
}

/** How much may still be asked for. */
export interface RequestBudget {
  /** Whether there were as many tokens; 1 when not said. */
  take(tokens?: number): boolean;
}

/** A handler for every request, by name: leaving one out, or adding one that no contract has, does not compile. */
export type SignalingHandlers = {
  [K in keyof SignalingRequests]: (
    context: RequestContext,
    request: z.output<SignalingRequests[K]['request']>,
  ) => Promise<z.input<SignalingRequests[K]['response']>>;
};

/** Serves the messages of browsers: whatever arrives, it answers or counts, and never throws. */
export class Dispatcher {
  readonly #handlers: SignalingHandlers;
  readonly #access: Pick<Access, 'requireAccess'>;
  readonly #counters: MessageCounters;
  readonly #logger: Logger;
  readonly #limits: LiveLimits;
  readonly #turns: Pick<UserTurns, 'run'>;

  constructor(options: {
    handlers: SignalingHandlers;
    access: Pick<Access, 'requireAccess'>;
    counters: MessageCounters;
    logger: Logger;
    limits: LiveLimits;
    turns: Pick<UserTurns, 'run'>;
  }) {
    this.#handlers = options.handlers;
    this.#access = options.access;
    this.#counters = options.counters;
    this.#logger = options.logger;
    this.#limits = options.limits;
    this.#turns = options.turns;
  }

  async handle(connection: Connection, budget: RequestBudget, name: unknown, values: unknown[]): Promise<void> {
    const acknowledge = values.at(-1);
    // MSG4: without a way to answer there is nobody who waits, and nothing is done.
    if (typeof acknowledge !== 'function') {
      budget.take();
      return this.#counters.count('noAcknowledgement');
    }
    const answer = await this.#answer(connection, budget, name, values.slice(0, -1));
    if (connection.isOpen) acknowledge(answer);
  }

  async #answer(
    connection: Connection,
    budget: RequestBudget,
    name: unknown,
    payloads: unknown[],
  ): Promise<Answer<unknown>> {
    if (connection.isRefused) return refusal(notSignedIn());
    if (!budget.take()) return this.#refuseTooMany();
    if (!isRequestName(name)) {
      this.#counters.count('unknownName');
      return refusal(new CodedError('badRequest', 'There is no request of that name.'));
    }
    const contract: SignalingRequest = signalingRequests[name];
    const barred = barOf(connection, contract);
    if (barred !== null) return refusal(barred);
    const parsed = contract.request.safeParse(payloads[0]);
    if (!parsed.success || payloads.length !== 1) {
      this.#counters.count('wrongForm');
      const message = parsed.success ? 'A request has one payload.' : explainIssues(parsed.error);
      return refusal(new CodedError('badRequest', message));
    }
    // Each item is a line, a record and a consumer: it counts like a request.
    if (name === 'consumer:create' && !budget.take(countItems(parsed.data) - 1)) return this.#refuseTooMany();
    const abort = new AbortController();
    try {
      const context = { actor: { ...connection.actor }, connection, signal: abort.signal };
      const work = this.#turns.run(connection.actor.userId, async () => {
        // Its session may have ended, or been locked, while the request waited for its turn.
        const barredSince = barOf(connection, contract);
        if (barredSince !== null) throw barredSince;
        return this.#serve(context, name, parsed.data);
      });
      const value = await withTimeLimit(work, this.#limits.requestTimeoutMs, () => new CodedError('timedOut'));
      return { ok: true, value };
    } catch (error) {
      abort.abort();
      if (!(error instanceof CodedError)) this.#logger.error({ err: error, request: name }, 'A request failed.');
      return refusal(error);
    }
  }

  #refuseTooMany(): Answer<never> {
    this.#counters.count('tooMany');
    return tooManyAnswer;
  }

  async #serve(context: RequestContext, name: keyof SignalingRequests, request: unknown): Promise<unknown> {
    const contract: SignalingRequest = signalingRequests[name];
    const { actor } = context;
    if (contract.permission !== 'signedIn' && contract.audit === 'partOfViewing') {
      // The viewing has its own line; only who may not take this step is written down.
      await this.#access.requireAccess(actor, contract.permission, {
        auditType: 'viewing.started',
        record: 'refusals',
      });
    }
    // The name ties handler and request together; the compiler cannot follow a union through both.
    const handler = this.#handlers[name] as (context: RequestContext, request: unknown) => Promise<unknown>;
    const value = await handler(context, request);
    if (contract.permission !== 'signedIn' && !wasAdmitted(actor, contract.permission)) {
      throw new Error(`${name} was served without asking for ${contract.permission}`);
    }
    return contract.response.parse(value);
  }
}

/** Why nothing of this connection is served now, or null. */
function barOf(connection: Connection, contract: SignalingRequest): CodedError | null {
  if (connection.isRefused) return notSignedIn();
  // SES1: also a socket that was open before. One whose cookie is replaced is told so until it is closed.
  if (connection.isLocked && contract.sessionState !== 'any') return new CodedError('sessionLocked');
  return null;
}

function notSignedIn(): CodedError {
  return new CodedError('notSignedIn');
}

function isRequestName(name: unknown): name is keyof SignalingRequests {
  return typeof name === 'string' && Object.hasOwn(signalingRequests, name);
}

function countItems(request: unknown): number {
  return signalingRequests['consumer:create'].request.parse(request).items.length;
}

/** Made once: an error for each message of a flood, with its stack, would cost more than reading the message. */
const tooManyAnswer = refusal(new CodedError('tooManyRequests'));

function refusal(error: unknown): Answer<never> {
  return { ok: false, error: toWireError(error) };
}
