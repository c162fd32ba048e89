import type { GrantRequest } from '@commonsight/types/grant-request';
import type { Purpose } from '@commonsight/types/purpose';
import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies, users } from './accounts.ts';
import { grants } from './grants.ts';
import { incidents } from './incidents.ts';

const agencyId = () =>
  uuid()
    .notNull()
    .references(() => agencies.id);

/** Wishes for grants that somebody else has to approve. */
export const grantRequests = pgTable(
  'grant_requests',
  {
    id: primaryId(),
    agencyId: agencyId(),
    /** `requested` past its end counts as `timedOut`, also before the clock has marked it. */
    state: text().$type<GrantRequest['state']>().notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    incidentId: uuid()
      .notNull()
      .references(() => incidents.id),
    purpose: text().$type<Purpose>().notNull(),
    /** What was asked for, whatever becomes of the cameras. */
    cameraIds: uuid().array().notNull(),
    note: text().notNull(),
    requestedAt: moment().notNull(),
    expiresAt: moment().notNull(),
    decidedBy: uuid().references(() => users.id),
    decidedAt: moment(),
    decisionNote: text(),
    grantId: uuid().references(() => grants.id),
  },
  (table) => [
    uniqueIndex('grant_requests_waiting')
      .on(table.userId, table.incidentId)
      .where(sql`state = 'requested'`),
    index('grant_requests_expiring')
      .on(table.expiresAt)
      .where(sql`state = 'requested'`),
    index().on(table.agencyId, table.requestedAt),
    index().on(table.grantId),
  ],
);

/** What a grant by break-glass owes, which is named by that grant. */
export const breakGlassUses = pgTable(
  'break_glass_uses',
  {
    grantId: uuid()
      .primaryKey()
      .references(() => grants.id),
    agencyId: agencyId(),
    startedAt: moment().notNull(),
    dueAt: moment().notNull(),
    /** When the log was told that it is late; it is late from `dueAt` on. */
    overdueAt: moment(),
    justification: text(),
    justifiedAt: moment(),
  },
  (table) => [
    index('break_glass_uses_due')
      .on(table.dueAt)
      .where(sql`justified_at is null`),
    index().on(table.agencyId, table.startedAt),
  ],
);
