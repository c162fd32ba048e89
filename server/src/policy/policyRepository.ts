import type { PolicyProposal } from '@commonsight/types/policy';
import { and, desc, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { User } from '@commonsight/types/user';
import type { Db } from '../db/Database.ts';
import { policies, policyProposals, users } from '../db/schema.ts';

export type PolicyRow = typeof policies.$inferSelect;
export type ProposalRow = typeof policyProposals.$inferSelect;

export async function findActivePolicy(db: Db, agencyId: string): Promise<PolicyRow | null> {
  const [row] = await db
    .select()
    .from(policies)
    .where(and(eq(policies.agencyId, agencyId), isNull(policies.activeUntil)))
    .limit(1);
  return row ?? null;
}

/** The active pack's hash alone: it is asked for at every grant. */
export async function findActiveHash(db: Db, agencyId: string): Promise<string | null> {
  const [row] = await db
    .select({ hash: policies.hash })
    .from(policies)
    .where(and(eq(policies.agencyId, agencyId), isNull(policies.activeUntil)))
    .limit(1);
  return row?.hash ?? null;
}

/** The active pack's hash, which cannot change before the transaction's end. */
export async function lockActiveHash(tx: Db, agencyId: string): Promise<string | null> {
  const [row] = await tx
    .select({ hash: policies.hash })
    .from(policies)
    .where(and(eq(policies.agencyId, agencyId), isNull(policies.activeUntil)))
    .for('share');
  return row?.hash ?? null;
}

/** Makes an agency's first pack active; nothing when it has one. */
export async function insertFirstPolicy(db: Db, row: typeof policies.$inferInsert): Promise<void> {
  await db.insert(policies).values(row).onConflictDoNothing();
}

/** Ends the active pack and puts another in its place. Run it in a transaction. */
export async function replacePolicy(tx: Db, row: typeof policies.$inferInsert): Promise<void> {
  await tx
    .update(policies)
    .set({ activeUntil: row.activeSince })
    .where(and(eq(policies.agencyId, row.agencyId), isNull(policies.activeUntil)));
  await tx.insert(policies).values(row);
}

/** The pack's text by its hash, of whichever time; null when the agency never had it. */
export async function findPolicyText(db: Db, agencyId: string, hash: string): Promise<string | null> {
  const [row] = await db
    .select({ text: policies.text })
    .from(policies)
    .where(and(eq(policies.agencyId, agencyId), eq(policies.hash, hash)))
    .limit(1);
  return row?.text ?? null;
}

export async function findProposal(db: Db, agencyId: string, id: string): Promise<ProposalRow | null> {
  const [row] = await db
    .select()
    .from(policyProposals)
    .where(and(eq(policyProposals.agencyId, agencyId), eq(policyProposals.id, id)))
    .limit(1);
  return row ?? null;
}

export function listProposals(db: Db, agencyId: string, limit: number): Promise<ProposalRow[]> {
  return db
    .select()
    .from(policyProposals)
    .where(eq(policyProposals.agencyId, agencyId))
    .orderBy(desc(policyProposals.proposedAt), desc(policyProposals.id))
    .limit(limit);
}

/** False when another proposal waits. */
export async function insertProposal(db: Db, row: typeof policyProposals.$inferInsert): Promise<boolean> {
  const rows = await db.insert(policyProposals).values(row).onConflictDoNothing().returning({ id: policyProposals.id });
  return rows.length === 1;
}

/** Decides a proposal that waits; null when somebody was quicker. */
export async function decideProposal(
  db: Db,
  proposal: { agencyId: string; id: string },
  decision: { state: Exclude<PolicyProposal['state'], 'proposed'>; by: string | null; at: Date },
): Promise<ProposalRow | null> {
  const [row] = await db
    .update(policyProposals)
    .set({ state: decision.state, decidedBy: decision.by, decidedAt: decision.at })
    .where(
      and(
        eq(policyProposals.agencyId, proposal.agencyId),
        eq(policyProposals.id, proposal.id),
        eq(policyProposals.state, 'proposed'),
      ),
    )
    .returning();
  return row ?? null;
}

/** Proposals of every agency that wait in vain. For the clock of this server. */
export function listOverdueProposals(db: Db, now: Date): Promise<ProposalRow[]> {
  return db
    .select()
    .from(policyProposals)
    .where(and(eq(policyProposals.state, 'proposed'), lte(policyProposals.expiresAt, now)));
}

/** Those of the ids that are users of the agency, as others see them. */
export async function findPeople(
  db: Db,
  agencyId: string,
  ids: readonly (string | null)[],
): Promise<Map<string, User>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, name: users.name, role: users.role })
    .from(users)
    .where(and(eq(users.agencyId, agencyId), inArray(users.id, wanted)));
  return new Map(rows.map((row) => [row.id, row]));
}
