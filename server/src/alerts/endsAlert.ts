import type { Incident } from '@commonsight/types/incident';

/**
 * Whether the closing of an incident ends its owner's alert: it does when the matter is over. One that goes on elsewhere,
 * in the incident that it doubles or with somebody else, still needs the owner's cameras.
 */
export function endsAlert({
  closedAt,
  disposition,
}: {
  readonly closedAt: Date | string | null;
  readonly disposition: Incident['disposition'];
}): boolean {
  return closedAt !== null && disposition !== 'duplicate' && disposition !== 'handedOver';
}
