import type { Grant } from '@commonsight/types/grant';
import type { PolicyPack } from '@commonsight/types/policy';
import type { Db } from '../db/Database.ts';
import { listUnendedGrants, moveGrantEnd, toWireGrant } from '../grants/grantRepository.ts';

/**
 * Brings an agency's running grants under a pack: what would run longer than the pack allows, or could be renewed to, ends where it says, at
 * once when its purpose is not allowed any more. Answers those that changed. Run it in the transaction that makes the
 * pack active.
 */
export async function shortenGrants(
  tx: Db,
  change: { agencyId: string; pack: PolicyPack; policyHash: string; now: Date },
): Promise<Grant[]> {
  const { agencyId, pack, policyHash, now } = change;
  const changed: Grant[] = [];
  for (const grant of await listUnendedGrants(tx, agencyId)) {
    const maximumMinutes = maximumOf(grant, pack);
    const latest = maximumMinutes === null ? now : new Date(grant.startsAt.getTime() + maximumMinutes * 60_000);
    if (grant.latestEndsAt <= latest) continue;
    const latestEndsAt = latest < now ? now : latest;
    const endsAt = grant.endsAt < latestEndsAt ? grant.endsAt : latestEndsAt;
    await moveGrantEnd(tx, { agencyId, id: grant.id }, { endsAt, latestEndsAt, policyHash });
    changed.push(toWireGrant({ ...grant, endsAt, latestEndsAt, policyHash }));
  }
  return changed;
}

/** How long such a grant may run; null when it may not. */
function maximumOf(
  { purpose, isBreakGlass }: Pick<Grant, 'purpose' | 'isBreakGlass'>,
  pack: PolicyPack,
): number | null {
  if (!isBreakGlass) return pack.purposes[purpose]?.maximumMinutes ?? null;
  return pack.breakGlass.purposes.includes(purpose) ? pack.breakGlass.maximumMinutes : null;
}
