import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AlertAct } from '@commonsight/types/relay/alert';
import type { Logger } from 'pino';
import { z } from 'zod';
import { RelayError } from '../errors.ts';

export interface AlertWebhookOptions {
  readonly address: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** What triggers sign with. */
  readonly key: string;
  readonly log: Logger;
  /** Throws a RelayError for what does not fit. */
  readonly act: (act: Exclude<AlertAct, 'extend'>) => void;
  readonly nowMs?: () => number;
}

/** A trigger's clock may be wrong by so much. */
const skewMs = 60_000;
/** Signed requests whose nonce is remembered for as long as the relay runs, so that a clock that is set back replays none. */
const mostNonces = 4_096;
const longestBody = 1_000;
const requestTimeoutMs = 20_000;
const mostConnections = 100;
/** Refusals a minute that are logged. All are answered: no stranger may silence a trigger. */
const mostLogged = 30;

const bodySchema = z.strictObject({ act: z.enum(['start', 'test', 'end']) });
const headersSchema = z.object({
  'x-commonsight-timestamp': z.string().regex(/^\d{1,12}$/),
  'x-commonsight-nonce': z.string().regex(/^[\w-]{16,100}$/),
  'x-commonsight-signature': z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * What a button or sensor on the relay's local network calls: `POST /alert` with `{"act":"start"}` (`test`, `end`), the Unix
 * time in seconds, a nonce that was never used and the HMAC-SHA-256 of `webhookText` in hex. The one door by which
 * anything connects to a relay; it does not exist unless the relay's owner gives it an address.
 */
export class AlertWebhook {
  readonly #options: AlertWebhookOptions;
  readonly #server: Server;
  readonly #nonces = new Set<string>();
  #refusals = { sinceMs: 0, count: 0 };

  static async open(options: AlertWebhookOptions): Promise<AlertWebhook> {
    const webhook = new AlertWebhook(options);
    await new Promise<void>((resolve, reject) => {
      webhook.#server.once('error', reject);
      webhook.#server.listen(options.port, options.address, resolve);
    });
    const { port } = webhook;
    options.log.info({ address: options.address, port }, 'local triggers of alerts are heard');
    return webhook;
  }

  private constructor(options: AlertWebhookOptions) {
    this.#options = options;
    this.#server = createServer(
      { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs },
      (request, response) => {
        void this.#answer(request)
          .catch((error: unknown) => {
            options.log.error({ err: error }, 'a local trigger failed');
            return 500;
          })
          .then((status) => response.writeHead(status, { connection: 'close' }).end());
      },
    );
    this.#server.maxConnections = mostConnections;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The status says it all: a stranger learns nothing of the alert. */
  async #answer(request: IncomingMessage): Promise<number> {
    if (request.method !== 'POST' || request.url !== '/alert') return 404;
    // Kept now: a socket that has broken off meanwhile knows it no more.
    const from = request.socket.remoteAddress;
    const body = await readBody(request);
    const act = body === null ? null : this.#open(request, body);
    if (act === null) {
      this.#logRefusal(from);
      return 403;
    }
    this.#options.log.info({ act, from }, 'a local trigger was taken');
    try {
      this.#options.act(act);
      return 204;
    } catch (error) {
      if (error instanceof RelayError) return 409;
      throw error;
    }
  }

  #open(request: IncomingMessage, body: string): z.infer<typeof bodySchema>['act'] | null {
    const headers = headersSchema.safeParse(request.headers);
    if (!headers.success) return null;
    const { 'x-commonsight-timestamp': timestamp, 'x-commonsight-nonce': nonce } = headers.data;
    const right = createHmac('sha256', this.#options.key).update(webhookText({ timestamp, nonce, body })).digest();
    if (!timingSafeEqual(right, Buffer.from(headers.data['x-commonsight-signature'], 'hex'))) return null;
    const nowMs = (this.#options.nowMs ?? Date.now)();
    if (Math.abs(Number(timestamp) * 1_000 - nowMs) > skewMs || this.#nonces.has(nonce)) return null;
    this.#nonces.add(nonce);
    const [oldest] = this.#nonces;
    if (this.#nonces.size > mostNonces && oldest !== undefined) this.#nonces.delete(oldest);
    try {
      return bodySchema.parse(JSON.parse(body)).act;
    } catch {
      return null;
    }
  }

  #logRefusal(from: string | undefined): void {
    const nowMs = performance.now();
    if (nowMs - this.#refusals.sinceMs > 60_000) this.#refusals = { sinceMs: nowMs, count: 0 };
    this.#refusals.count += 1;
    if (this.#refusals.count <= mostLogged) this.#options.log.warn({ from }, 'a local trigger was refused');
  }
}

/** What a trigger signs. */
export function webhookText(parts: { timestamp: string; nonce: string; body: string }): string {
  return ['commonsight-alert-webhook-v1', parts.timestamp, parts.nonce, parts.body].join('\n');
}

/** Null when it is too long or breaks off. What is too long is read away, so that its sender still gets an answer. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request) {
      const bytes = Buffer.from(part);
      length += bytes.length;
      if (length <= longestBody) parts.push(bytes);
    }
  } catch {
    return null;
  }
  return length > longestBody ? null : Buffer.concat(parts).toString();
}
