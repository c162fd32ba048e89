import { and, eq, lt, sql } from 'drizzle-orm';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { auditEntries, auditValues } from '../db/schema.ts';
import type { Audit } from './Audit.ts';

/**
 * Erases the values of persons from an agency's lines of before a moment, in one commit with the line that says so, and
 * answers of how many lines. The entries stay, and with them what was done when and under which grant; nobody can tell
 * any more by whom. The only deletion that the audit log knows.
 */
export async function erasePersonalValues(
  parts: { db: Db; audit: Audit },
  { agencyId, before, actor }: { agencyId: string; before: Date; actor: Actor },
): Promise<number> {
  const ofLog = eq(auditValues.logId, agencyId);
  const due = sql`${auditValues.index} in (${parts.db
    .select({ index: auditEntries.index })
    .from(auditEntries)
    .where(and(eq(auditEntries.logId, agencyId), lt(auditEntries.at, before.toISOString())))})`;
  const lines = await parts.db.$count(auditValues, and(ofLog, due));
  if (lines === 0) return 0;
  await parts.audit.recordAll(
    [
      {
        type: 'audit.valuesErased',
        outcome: 'done',
        actor,
        agencyId,
        target: { kind: 'agency', id: agencyId },
        details: { erasedBefore: before, lines },
      },
    ],
    {
      with: async (tx) => {
        await tx.execute(sql`select set_config('commonsight.erases_audit_values', 'on', true)`);
        await tx.delete(auditValues).where(and(ofLog, due));
        // The batch may hold others' work: what the erasure may, the rest of it may not.
        await tx.execute(sql`select set_config('commonsight.erases_audit_values', 'off', true)`);
      },
    },
  );
  return lines;
}
