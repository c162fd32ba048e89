import { errorBodySchema } from '@commonsight/types/errors';
import type { Route, RouteResponse } from '@commonsight/types/http/route';
import type { z } from 'zod';
import type { CallError, CallResult } from './CallResult.ts';
import { changeCookie } from './cookieChanges.ts';

/** The keys that a route declares, each with its own type; a key that it does not declare cannot be given. */
type CallInput<R extends Route> = (R extends { params: infer P extends z.ZodType } ? { params: z.input<P> } : Nothing) &
  (R extends { query: infer Q extends z.ZodType } ? { query?: z.input<Q> } : Nothing) &
  (R extends { body: infer B extends z.ZodType } ? { body: z.input<B> } : Nothing) & {
    signal?: AbortSignal;
    headers?: Readonly<Record<string, string>>;
    /** It is sent also when the page is left at this moment. */
    keepalive?: boolean;
  };

type Nothing = unknown;

/** Of `call` for a route: optional where the route needs neither path nor body. */
export type CallArguments<R extends Route> = R extends { params: z.ZodType } | { body: z.ZodType }
  ? [input: CallInput<R>]
  : [input?: CallInput<R>];

/** The same, as the inside of `call` sees it. */
interface AnyInput {
  params?: unknown;
  query?: unknown;
  body?: unknown;
  signal?: AbortSignal;
  headers?: Readonly<Record<string, string>>;
  keepalive?: boolean;
}

const unreachable: CallError = { code: 'unreachable', message: 'The server does not answer. Try again in a moment.' };
const malformed: CallError = { code: 'internal', message: 'The server gave an answer that is not understood.' };

/** Calls one HTTP route of the contract. Never throws. */
export function call<R extends Route>(route: R, ...[given]: CallArguments<R>): Promise<CallResult<RouteResponse<R>>> {
  return route.changesCookie === true ? changeCookie(() => ask(route, given)) : ask(route, given);
}

async function ask<R extends Route>(route: R, input: AnyInput | undefined): Promise<CallResult<RouteResponse<R>>> {
  const hasBody = input?.body !== undefined;
  let response: Response;
  try {
    response = await fetch(addressOf(route, input?.params, input?.query), {
      method: route.method,
      credentials: 'same-origin',
      headers: {
        ...input?.headers,
        accept: 'application/json',
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(input.body) } : {}),
      ...(input?.signal ? { signal: input.signal } : {}),
      ...(input?.keepalive === true ? { keepalive: true } : {}),
    });
  } catch (error) {
    return isAbort(error) ? { state: 'aborted' } : { state: 'failed', error: unreachable };
  }
  try {
    const body: unknown = await response.json();
    if (!response.ok) {
      const failure = errorBodySchema.safeParse(body);
      return { state: 'failed', error: failure.success ? failure.data.error : errorOfStatus(response.status) };
    }
    const parsed = route.response.safeParse(body);
    if (!parsed.success) return { state: 'failed', error: malformed };
    return { state: 'ok', value: parsed.data as RouteResponse<R> };
  } catch (error) {
    if (isAbort(error)) return { state: 'aborted' };
    // It began an answer and did not end it in the time that it was given.
    if (isNamed(error, 'TimeoutError')) return { state: 'failed', error: unreachable };
    return { state: 'failed', error: response.ok ? malformed : errorOfStatus(response.status) };
  }
}

/** The path with its parameters filled in and the query behind it. */
export function addressOf(route: Route, params: unknown, query: unknown): string {
  const path = route.path.replace(/:(\w+)/g, (_match, name: string) => {
    const value = (params as Record<string, unknown> | undefined)?.[name];
    if (typeof value !== 'string' || value === '') throw new TypeError(`The route needs the parameter ${name}.`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query as Record<string, unknown> | undefined) ?? {})) {
    if (typeof value === 'string' || typeof value === 'number') search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

/** A proxy in between answers without our error body; its status still says most of it. */
function errorOfStatus(status: number): CallError {
  if (status === 401) return { code: 'notSignedIn', message: 'You are not signed in.' };
  if (status === 403) return { code: 'notPermitted', message: 'You may not do this.' };
  if (status === 404) return { code: 'notFound', message: 'Not found.' };
  if (status === 429) return { code: 'tooManyRequests', message: 'Too many tries. Wait a minute.' };
  return unreachable;
}

function isAbort(error: unknown): boolean {
  return isNamed(error, 'AbortError');
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}
