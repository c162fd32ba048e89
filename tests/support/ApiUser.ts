import { setTimeout as wait } from 'node:timers/promises';
import { routes } from '@commonsight/types/http/routes';
import type { Route, RouteBody, RouteParams, RouteResponse } from '@commonsight/types/http/route';

/** An answer of the API that is not a success. */
export class ApiRefusal extends Error {
  override name = 'ApiRefusal';
  readonly status: number;

  constructor(path: string, status: number, body: string) {
    super(`${path} is answered with ${status}: ${body}`);
    this.status = status;
  }
}

/** Signing in is limited to a number of tries a minute. */
const tooMany = 429;
const retryMs = 2_000;

/** Somebody who uses the HTTP API with the cookie of one session, without a browser. */
export class ApiUser {
  readonly url: string;
  #cookie: string;

  private constructor(url: string, cookie: string) {
    this.url = url;
    this.#cookie = cookie;
  }

  /** Signs in; waits when the server asks to. */
  static async signIn(url: string, user: { email: string; password: string }): Promise<ApiUser> {
    const api = new ApiUser(url, '');
    for (;;) {
      try {
        await api.call(routes.signIn, { body: { email: user.email, password: user.password } });
        return api;
      } catch (error) {
        if (!(error instanceof ApiRefusal) || error.status !== tooMany) throw error;
        await wait(retryMs);
      }
    }
  }

  static nobody(url: string): ApiUser {
    return new ApiUser(url, '');
  }

  /** Somebody else with the same cookie, as after a theft: what the first one's becomes, this one's does not. */
  copy(): ApiUser {
    return new ApiUser(this.url, this.#cookie);
  }

  get cookie(): string {
    return this.#cookie;
  }

  async call<R extends Route>(
    route: R,
    { params, body }: { params?: RouteParams<R>; body?: RouteBody<R> } = {},
  ): Promise<RouteResponse<R>> {
    const answer = await this.fetch(route, Object(params), body);
    if (!answer.ok) throw new ApiRefusal(route.path, answer.status, await answer.text());
    const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    if (cookies.length > 0) this.#cookie = cookies.join('; ');
    return route.response.parse(await answer.json()) as RouteResponse<R>;
  }

  /** The answer as it is. */
  fetch(route: Route, params: object = {}, body?: unknown): Promise<Response> {
    const path = Object.entries(params).reduce(
      (text, [name, value]) => text.replace(`:${name}`, String(value)),
      route.path,
    );
    return fetch(new URL(path, this.url), {
      method: route.method,
      headers: {
        origin: new URL(this.url).origin,
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
  }
}
