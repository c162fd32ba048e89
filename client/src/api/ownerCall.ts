import type { Route, RouteResponse } from '@commonsight/types/http/route';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { call, type CallArguments } from './call.ts';
import type { CallResult } from './CallResult.ts';

/** Calls a route as whoever has come by an owner's link, with the link's secret. */
export function ownerCall<R extends Route>(
  route: R,
  secret: string,
  ...[input]: CallArguments<R>
): Promise<CallResult<RouteResponse<R>>> {
  const given = [{ ...input, headers: { [ledgerSecretHeader]: secret } }];
  // The compiler does not follow that what the route needs is still there.
  return call(route, ...(given as unknown as CallArguments<R>));
}

/** What an owner is told when an order did not come to an answer. */
export function problemOf(result: Exclude<CallResult<unknown>, { state: 'ok' }>): string {
  return result.state === 'aborted' ? 'It was stopped.' : result.error.message;
}
