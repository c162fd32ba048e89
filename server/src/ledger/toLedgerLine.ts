import type { LedgerLine } from '@commonsight/types/ledger';
import type { LedgerRow } from './ledgerRepository.ts';
import type { Pseudonyms } from './Pseudonyms.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** A viewing as the owner of the site reads it: nothing of it says who a person is. */
export async function toLedgerLine(
  pseudonyms: Pick<Pseudonyms, 'of'>,
  siteId: string,
  { viewing, isBreakGlass, user, incidentNumber, withheldUntil }: LedgerRow,
): Promise<LedgerLine> {
  return {
    viewingId: viewing.id,
    cameraId: viewing.cameraId,
    startedAt: viewing.startedAt.toISOString(),
    endedAt: viewing.endedAt?.toISOString() ?? null,
    kind: 'live',
    purpose: viewing.purpose,
    isBreakGlass,
    incident:
      withheldUntil === null
        ? { state: 'shown', number: incidentNumber }
        : { state: 'withheld', until: endOfDay(withheldUntil).toISOString() },
    role: user.role,
    pseudonym: await pseudonyms.of(siteId, user.id),
  };
}

/** The end of the UTC day: to the millisecond, the end would tell two sites that their lines are of one incident. */
function endOfDay(at: Date): Date {
  return new Date(Math.ceil(at.getTime() / dayMs) * dayMs);
}
