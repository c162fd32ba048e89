import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { CodedError } from '../errors.ts';
import { isLoopbackAddress, isPublicAddress } from './isPublicAddress.ts';

/** Where messages may be sent to. */
export interface EndpointRules {
  /** Also to this machine's loopback, by http too; there is a push service of tests and trainings. */
  readonly isLoopbackAllowed: boolean;
}

/** An endpoint is what a browser says, so that it may name anything that this server reaches and its sender does not. */
export class EndpointRefused extends Error {
  override name = 'EndpointRefused';
}

/**
 * Refuses with `badRequest` what is no address of a push service by its text. What its name stands for is looked up when
 * something is sent (`resolveEndpoint`), each time anew.
 */
export function assertEndpoint(endpoint: string, rules: EndpointRules): void {
  if (!isPushUrl(new URL(endpoint), rules)) {
    throw new CodedError('badRequest', 'This browser names a push service that messages cannot be sent to.');
  }
}

/**
 * The numeric addresses to connect to. Text proves nothing, so the host is resolved and every address that it has is
 * checked; the caller connects to one of these and looks nothing up again. Throws `EndpointRefused`, or what DNS said.
 */
export async function resolveEndpoint(
  endpoint: string,
  rules: EndpointRules,
  resolve: (host: string) => Promise<LookupAddress[]> = resolveHost,
): Promise<{ url: URL; addresses: LookupAddress[] }> {
  const url = new URL(endpoint);
  if (!isPushUrl(url, rules)) throw new EndpointRefused('The endpoint is not one of a push service.');
  const addresses = await resolve(hostOf(url));
  const mayDial = ({ address }: LookupAddress) =>
    isLoopbackAddress(address) ? rules.isLoopbackAllowed : url.protocol === 'https:' && isPublicAddress(address);
  if (addresses.length === 0 || !addresses.every(mayDial)) {
    throw new EndpointRefused('The endpoint is not on the internet.');
  }
  return { url, addresses };
}

/** A push service has a name and speaks TLS at its usual port; what has neither is some other machine. */
function isPushUrl(url: URL, rules: EndpointRules): boolean {
  if (url.username !== '' || url.password !== '') return false;
  const host = hostOf(url);
  if (rules.isLoopbackAllowed && (host === 'localhost' || isLoopbackAddress(host))) return true;
  return url.protocol === 'https:' && url.port === '' && isIP(host) === 0 && host.includes('.');
}

/** As it is looked up: a URL writes an IPv6 address in brackets. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/**
 * Asks DNS by itself: the system's way would hold one of the few threads that files and passwords need too, for as long as
 * whoever owns the name lets it wait.
 */
async function resolveHost(host: string): Promise<LookupAddress[]> {
  if (isIP(host) !== 0 || host === 'localhost') return lookup(host, { all: true });
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  if (four.status === 'rejected' && six.status === 'rejected') throw four.reason;
  const of = (found: typeof four, family: 4 | 6) =>
    found.status === 'fulfilled' ? found.value.map((address) => ({ address, family })) : [];
  return [...of(four, 4), ...of(six, 6)];
}
