import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { RelayError } from '../errors.ts';
import { LocalServer } from '../local-door/LocalServer.ts';
import { readBody } from '../local-door/readBody.ts';
import { LogLimit } from '../LogLimit.ts';
import { type TriggerAct, TriggerRequests } from './TriggerRequests.ts';
import type { WebhookFloor } from './WebhookFloor.ts';

export interface AlertWebhookOptions {
  readonly address: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** What triggers sign with. */
  readonly key: string;
  readonly floor: Pick<WebhookFloor, 'atStart' | 'raise'>;
  readonly log: Logger;
  /** Throws a RelayError for what does not fit. */
  readonly act: (act: TriggerAct) => void;
  readonly nowMs?: () => number;
}

const longestBody = 1_000;

interface Answer {
  readonly status: number;
  /** Of a request that was signed with the key; its answer is signed too. */
  readonly nonce: string | null;
}

/**
 * What a button or sensor on the relay's local network calls: `POST /alert` with `{"act":"start"}` (`test`, `end`), the Unix
 * time in seconds, a nonce that was never used and the HMAC-SHA-256 of `webhookText` in hex. It does not exist unless the
 * relay's owner gives it an address.
 */
export class AlertWebhook {
  readonly #options: AlertWebhookOptions;
  readonly #requests: TriggerRequests;
  readonly #refusals = new LogLimit();
  readonly #taken = new LogLimit();
  #server: LocalServer | undefined;

  static async open(options: AlertWebhookOptions): Promise<AlertWebhook> {
    const webhook = new AlertWebhook(options);
    const { address, port, log } = options;
    webhook.#server = await LocalServer.open({ address, port, answer: (...exchange) => webhook.#serve(...exchange) });
    log.info({ address, port: webhook.port }, 'local triggers of alerts are heard');
    return webhook;
  }

  private constructor(options: AlertWebhookOptions) {
    this.#options = options;
    const { key, floor, nowMs = () => Date.now() } = options;
    this.#requests = new TriggerRequests({ key, floor, nowMs });
  }

  get port(): number {
    return this.#server?.port ?? 0;
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    void this.#answer(request)
      .catch((error: unknown): Answer => {
        this.#options.log.error({ err: error }, 'a local trigger failed');
        return { status: 500, nonce: null };
      })
      .then((answer) => this.#send(response, answer));
  }

  /** The status says it all: a stranger learns nothing of the alert. */
  async #answer(request: IncomingMessage): Promise<Answer> {
    if (request.method !== 'POST' || request.url !== '/alert') return { status: 404, nonce: null };
    // Kept now: a socket that has broken off meanwhile knows it no more.
    const from = request.socket.remoteAddress;
    const body = await readBody(request, longestBody);
    const judged = body === null ? null : this.#requests.judge(request.headers, body);
    if (judged?.is !== 'good') {
      const reason = judged?.reason ?? 'it is too long or broke off';
      this.#refusals.log((counted) => {
        this.#options.log.warn({ from, reason, ...counted }, 'a local trigger was refused');
      });
      return { status: 403, nonce: judged?.nonce ?? null };
    }
    const { act, nonce, seconds } = judged;
    const { log, floor } = this.#options;
    this.#taken.log((counted) => log.info({ act, from, ...counted }, 'a local trigger was taken'));
    await floor.raise(seconds).catch((error: unknown) => {
      // A full disk silences no panic button.
      log.error({ err: error }, 'a local trigger was not written down, so it may be sent again after a restart');
    });
    try {
      this.#options.act(act);
      return { status: 204, nonce };
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      const reason = error.message;
      this.#refusals.log((counted) => {
        log.warn({ act, from, reason, ...counted }, 'what a local trigger asks for does not fit');
      });
      return { status: 409, nonce };
    }
  }

  #send(response: ServerResponse, { status, nonce }: Answer): void {
    const signature = nonce === null ? {} : { 'x-commonsight-answer': this.#requests.sign(nonce, status) };
    response.writeHead(status, { connection: 'close', ...signature }).end();
  }
}
