import type { IncomingHttpHeaders } from 'node:http';
import { type Auth, addressHeader } from './createAuth.ts';
import { toWebHeaders } from './toWebHeaders.ts';

/** Who asks, as this server knows it. */
export interface Caller {
  headers: IncomingHttpHeaders;
  sourceAddress: string | null;
}

/** The way into better-auth: nothing of a caller's request reaches it but what is named here. */
export class AuthDoor {
  readonly #auth: Pick<Auth, 'handler'>;
  readonly #publicUrl: string;

  constructor(auth: Pick<Auth, 'handler'>, publicUrl: string) {
    this.#auth = auth;
    this.#publicUrl = publicUrl;
  }

  /** Asks one of better-auth's own paths; with a body by POST, without one by GET. */
  ask(path: string, caller: Caller, body?: object): Promise<Response> {
    const { cookie, origin } = caller.headers;
    const headers = toWebHeaders({
      cookie,
      origin: origin ?? this.#publicUrl,
      'user-agent': caller.headers['user-agent'],
      'content-type': body === undefined ? undefined : 'application/json',
      [addressHeader]: caller.sourceAddress ?? undefined,
    });
    const request = new Request(new URL(`/api/auth${path}`, this.#publicUrl), {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return this.#auth.handler(request);
  }
}

/** Throws for an answer that means that better-auth itself failed. */
export function assertNoFault(answer: Response): void {
  if (answer.status >= 500) throw new Error(`better-auth answered ${answer.status}`);
}

/** The caller without a session: better-auth would take what is proved for that session's user. */
export function withoutSession(caller: Caller): Caller {
  const cookies = (caller.headers.cookie ?? '').split(';').filter((cookie) => !cookie.includes('session_token='));
  return { ...caller, headers: { ...caller.headers, cookie: cookies.join(';') } };
}
