import type { LookupAddress } from 'node:dns';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { RequestDetails } from 'web-push';
import { errorName } from '../errorName.ts';
import { EndpointRefused, type EndpointRules, resolveEndpoint } from './pushEndpoint.ts';

/** What came of one try. */
export type PushOutcome =
  /** The push service has it and delivers it when the browser is there. */
  | { state: 'taken' }
  /** There is no such subscription any more: the browser has withdrawn it (RFC 8030, 7.3). */
  | { state: 'gone' }
  /** It will not be taken, however often it is tried. */
  | { state: 'refused'; why: string }
  /** Perhaps later; the push service may have said when. */
  | { state: 'later'; why: string; retryAfterMs: number | null };

const limitMs = 10_000;

/**
 * Hands an encrypted message to its push service. The connection goes to an address that was checked, follows no redirection
 * and reads no body: an endpoint that is something else learns little and tells nothing. Never throws.
 */
export async function postPush(details: RequestDetails, rules: EndpointRules): Promise<PushOutcome> {
  try {
    const { url, addresses } = await resolveEndpoint(details.endpoint, rules);
    return outcomeOf(await post(url, addresses, details));
  } catch (error) {
    if (error instanceof EndpointRefused) return { state: 'refused', why: error.message };
    return { state: 'later', why: errorName(error), retryAfterMs: null };
  }
}

interface PushAnswer {
  status: number;
  retryAfter: string | undefined;
}

function post(url: URL, addresses: readonly LookupAddress[], details: RequestDetails): Promise<PushAnswer> {
  const { method, headers, body } = details;
  const options = {
    method,
    headers,
    // Without an agent no connection is used again: what was checked is what is spoken to.
    agent: false,
    lookup: lookupAmong(addresses),
    signal: AbortSignal.timeout(limitMs),
  } as const;
  return new Promise((resolve, reject) => {
    const answered = (answer: IncomingMessage): void => {
      resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] });
      answer.destroy();
    };
    const sent = url.protocol === 'https:' ? requestTls(url, options, answered) : requestPlain(url, options, answered);
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Node's own search for addresses, answered with those that were checked. A host that is an address is not searched for. */
function lookupAmong(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, answer) => {
    const [first] = addresses;
    if (options.all === true || first === undefined) answer(null, [...addresses]);
    else answer(null, first.address, first.family);
  };
}

function outcomeOf({ status, retryAfter }: PushAnswer): PushOutcome {
  if (status >= 200 && status < 300) return { state: 'taken' };
  if (status === 404 || status === 410) return { state: 'gone' };
  const why = `status ${status}`;
  if (status === 429 || status >= 500) return { state: 'later', why, retryAfterMs: msOf(retryAfter) };
  return { state: 'refused', why };
}

/** Of `Retry-After`: seconds, or a date. */
function msOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
