import type { PolicyProposal } from '@commonsight/types/policy';
import { sql } from 'drizzle-orm';
import { pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies, users } from './accounts.ts';

const agencyId = () =>
  uuid()
    .notNull()
    .references(() => agencies.id);

/** The packs that an agency has gone by; the one without an end is the active one. */
export const policies = pgTable(
  'policies',
  {
    id: primaryId(),
    agencyId: agencyId(),
    hash: text().notNull(),
    /** The file as it was given; it is read again, and its hash compared, whenever a server loads it. */
    text: text().notNull(),
    activeSince: moment().notNull(),
    activeUntil: moment(),
    proposedBy: uuid().references(() => users.id),
    approvedBy: uuid().references(() => users.id),
  },
  (table) => [
    uniqueIndex('policies_active')
      .on(table.agencyId)
      .where(sql`active_until is null`),
  ],
);

/** Packs that somebody has proposed; at most one of an agency waits. */
export const policyProposals = pgTable(
  'policy_proposals',
  {
    id: primaryId(),
    agencyId: agencyId(),
    state: text().$type<PolicyProposal['state']>().notNull(),
    hash: text().notNull(),
    text: text().notNull(),
    /** The active pack's hash when this was proposed: what the proposer, and so the approver, has seen compared. */
    baseHash: text().notNull(),
    proposedBy: uuid()
      .notNull()
      .references(() => users.id),
    proposedAt: moment().notNull(),
    expiresAt: moment().notNull(),
    decidedBy: uuid().references(() => users.id),
    decidedAt: moment(),
  },
  (table) => [
    uniqueIndex('policy_proposals_waiting')
      .on(table.agencyId)
      .where(sql`state = 'proposed'`),
  ],
);
