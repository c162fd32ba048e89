import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { RelayError } from '../errors.ts';
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
/** So much more is read away, so that the sender of something too long gets an answer. */
const longestRead = 16 * longestBody;
const requestTimeoutMs = 5_000;
/** When all places are taken the oldest connection gives way to the newest: no stranger may silence a trigger by waiting. */
const mostConnections = 64;
const mostOfOneAddress = 8;

interface Answer {
  readonly status: number;
  /** Of a request that was signed with the key; its answer is signed too. */
  readonly nonce: string | null;
}

/**
 * What a button or sensor on the relay's local network calls: `POST /alert` with `{"act":"start"}` (`test`, `end`), the Unix
 * time in seconds, a nonce that was never used and the HMAC-SHA-256 of `webhookText` in hex. The one door by which
 * anything connects to a relay; it does not exist unless the relay's owner gives it an address.
 */
export class AlertWebhook {
  readonly #options: AlertWebhookOptions;
  readonly #requests: TriggerRequests;
  readonly #server: Server;
  /** The oldest first. */
  readonly #sockets = new Set<Socket>();
  readonly #refusals = new LogLimit();
  readonly #taken = new LogLimit();

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
    const { key, floor, nowMs = () => Date.now() } = options;
    this.#requests = new TriggerRequests({ key, floor, nowMs });
    const timeouts = {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
    };
    this.#server = createServer(timeouts, (request, response) => {
      void this.#answer(request)
        .catch((error: unknown): Answer => {
          options.log.error({ err: error }, 'a local trigger failed');
          return { status: 500, nonce: null };
        })
        .then((answer) => this.#send(response, answer));
    });
    this.#server.on('connection', (socket) => this.#connected(socket));
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #connected(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    const ofAddress = [...this.#sockets].filter(({ remoteAddress }) => remoteAddress === socket.remoteAddress);
    if (ofAddress.length > mostOfOneAddress) this.#drop(ofAddress[0]);
    else if (this.#sockets.size > mostConnections) this.#drop([...this.#sockets][0]);
  }

  #drop(socket: Socket | undefined): void {
    if (socket === undefined) return;
    this.#sockets.delete(socket);
    socket.destroy();
  }

  /** The status says it all: a stranger learns nothing of the alert. */
  async #answer(request: IncomingMessage): Promise<Answer> {
    if (request.method !== 'POST' || request.url !== '/alert') return { status: 404, nonce: null };
    // Kept now: a socket that has broken off meanwhile knows it no more.
    const from = request.socket.remoteAddress;
    const body = await readBody(request);
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

/** Null when it is too long or breaks off. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request) {
      const bytes = Buffer.from(part);
      length += bytes.length;
      if (length <= longestBody) parts.push(bytes);
      // The answer is the connection's end, whatever comes after it.
      else if (length > longestRead) return null;
    }
  } catch {
    return null;
  }
  return length > longestBody ? null : Buffer.concat(parts).toString();
}
