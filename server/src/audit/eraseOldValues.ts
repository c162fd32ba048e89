import type { PolicyPack } from '@commonsight/types/policy';
import type { Db } from '../db/Database.ts';
import { agencies } from '../db/schema.ts';
import type { Audit } from './Audit.ts';
import { erasePersonalValues } from './erasePersonalValues.ts';

const dayMs = 24 * 60 * 60_000;

/** Erases what each agency's pack keeps no longer. Run by a timer; an agency that cannot be done waits for the next time. */
export async function eraseOldValues(
  parts: { db: Db; audit: Audit; packOf: (agencyId: string) => Promise<Pick<PolicyPack, 'retention'>> },
  now: Date,
): Promise<void> {
  for (const { id: agencyId } of await parts.db.select({ id: agencies.id }).from(agencies)) {
    const { retention } = await parts.packOf(agencyId);
    const before = new Date(now.getTime() - retention.personalValueDays * dayMs);
    await erasePersonalValues(parts, { agencyId, before, actor: { kind: 'system', agencyId } });
  }
}
