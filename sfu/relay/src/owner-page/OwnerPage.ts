import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { LocalServer } from '../local-door/LocalServer.ts';
import { readBody } from '../local-door/readBody.ts';
import { isSiteAddress } from '../local-door/siteAddresses.ts';
import { LogLimit } from '../LogLimit.ts';
import type { PageCodes } from './PageCodes.ts';
import { pairingPage, pairingPagePolicy, refusalPage } from './pairingPage.ts';

export interface OwnerPageOptions {
  readonly address: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly siteName: string;
  readonly codes: Pick<PageCodes, 'look' | 'press'>;
  readonly log: Logger;
}

interface Answer {
  readonly status: number;
  readonly html: string;
}

const longestBody = 500;
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': pairingPagePolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  // With no referrer at all browsers send no origin with the form either.
  'referrer-policy': 'same-origin',
  connection: 'close',
} as const;

/**
 * One page for who stands in the site's network with a browser: whether an owner is paired and, by a press, a pairing code. A
 * browser in that network may show a hostile page of the internet at the same time. So nothing is answered under another name than
 * the address itself, which ends DNS rebinding, nothing may be read by other pages, and a press has to come from this one.
 */
export class OwnerPage {
  readonly #options: OwnerPageOptions;
  /** Of this start alone. A page of elsewhere cannot read it. */
  readonly #token = randomBytes(32).toString('base64url');
  readonly #refusals = new LogLimit();
  #server: LocalServer | undefined;

  static async open(options: OwnerPageOptions): Promise<OwnerPage> {
    const page = new OwnerPage(options);
    const { address, port, log } = options;
    page.#server = await LocalServer.open({ address, port, answer: (...exchange) => page.#serve(...exchange) });
    log.info({ address, port: page.port }, 'the page for pairing is shown in the site’s network');
    return page;
  }

  private constructor(options: OwnerPageOptions) {
    this.#options = options;
  }

  get port(): number {
    return this.#server?.port ?? 0;
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  /** As browsers write it, without the port where that is 80. */
  get #origin(): string {
    const { address } = this.#options;
    return new URL(`http://${address.includes(':') ? `[${address}]` : address}:${this.port}`).origin;
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    void this.#answer(request)
      .catch((error: unknown): Answer => {
        this.#options.log.error({ err: error }, 'the page for pairing failed');
        return { status: 500, html: refusalPage('The relay could not do this. Its log says why.', this.#origin) };
      })
      .then(({ status, html }) => response.writeHead(status, headers).end(html));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    // Kept now: a socket that has broken off meanwhile knows it no more.
    const from = request.socket.remoteAddress ?? '';
    if (!isSiteAddress(from)) return this.#refuse(request, 403, 'This page is for the site’s own network.');
    if (`http://${request.headers.host ?? ''}`.toLowerCase() !== this.#origin) {
      return this.#refuse(request, 421, 'This page is open under the relay’s address alone.');
    }
    const { codes } = this.#options;
    if (request.url === '/' && (request.method === 'GET' || request.method === 'HEAD')) {
      return this.#show(200, await codes.look());
    }
    if (request.url !== '/code' || request.method !== 'POST') {
      return { status: 404, html: refusalPage('There is nothing here. Open the relay’s page.', this.#origin) };
    }
    if (!(await this.#isOwnForm(request))) {
      return this.#refuse(request, 403, 'This press did not come from the relay’s page. Open it and press there.');
    }
    const state = await codes.press(from);
    return this.#show(state.is === 'shown' ? 200 : 409, state);
  }

  async #isOwnForm(request: IncomingMessage): Promise<boolean> {
    const { origin, 'content-type': type } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const body = await readBody(request, longestBody);
    if (origin !== this.#origin || (site !== undefined && site !== 'same-origin') || body === null) return false;
    if (type?.split(';')[0]?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return false;
    const token = Buffer.from(new URLSearchParams(body).get('token') ?? '');
    const right = Buffer.from(this.#token);
    return token.length === right.length && timingSafeEqual(token, right);
  }

  #show(status: number, state: Parameters<typeof pairingPage>[0]['state']): Answer {
    return { status, html: pairingPage({ siteName: this.#options.siteName, state, token: this.#token }) };
  }

  #refuse(request: IncomingMessage, status: number, sentence: string): Answer {
    const from = request.socket.remoteAddress;
    this.#refusals.log((counted) => {
      this.#options.log.warn({ from, reason: sentence, ...counted }, 'the page for pairing refused a request');
    });
    return { status, html: refusalPage(sentence, `${this.#origin}/`) };
  }
}
