import type { TestAnswer, TestServer } from './createTestServer.ts';

/** A browser's cookies: keeps what answers set, sends what it has. */
export class CookieJar {
  readonly #server: Pick<TestServer, 'nobody'>;
  readonly #cookies = new Map<string, string>();

  constructor(server: Pick<TestServer, 'nobody'>, cookie = '') {
    this.#server = server;
    this.#keep(cookie.split('; '));
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Another browser with the same cookies, as somebody would have who copied them. */
  copy(): CookieJar {
    return new CookieJar(this.#server, this.cookie);
  }

  async call(method: string, path: string, body?: unknown): Promise<TestAnswer> {
    const answer = await this.#server.nobody.call(method, path, body, { cookie: this.cookie });
    this.#keep([answer.headers['set-cookie'] ?? []].flat().map((line) => String(line).split(';')[0] ?? ''));
    return answer;
  }

  /** The call's error code, or `ok`. */
  async code(method: string, path: string, body?: unknown): Promise<string> {
    return (await this.call(method, path, body)).body.error?.code ?? 'ok';
  }

  #keep(pairs: readonly string[]): void {
    for (const pair of pairs) {
      const [name = '', ...value] = pair.split('=');
      if (name === '') continue;
      if (value.join('=') === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value.join('='));
    }
  }
}
