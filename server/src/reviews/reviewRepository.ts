import type { FlagKind, Review, ReviewFinding } from '@commonsight/types/review';
import { type SQL, and, asc, count, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../db/Database.ts';
import { cameras, examinations, incidents, reviews, users, viewingFlags, viewings } from '../db/schema.ts';

/** A review with its agency, as the gate needs it. */
export type FoundReview = Review & { agencyId: string };

export type ReviewState = 'open' | 'closed';

export async function listReviews(db: Db, agencyId: string, page: { state: ReviewState; limit: number }) {
  const where = and(eq(reviews.agencyId, agencyId), inState(page.state));
  const order = page.state === 'open' ? [asc(reviews.openedAt)] : [desc(reviews.closedAt)];
  const [counted] = await db.select({ count: count() }).from(reviews).where(where);
  const rows = await select(db, where, order, page.limit);
  return { reviews: rows.map(withoutAgency), count: counted?.count ?? 0 };
}

export async function findReview(db: Db, agencyId: string, viewingId: string): Promise<FoundReview | null> {
  const where = and(eq(reviews.agencyId, agencyId), eq(reviews.viewingId, viewingId));
  return (await select(db, where, [], 1))[0] ?? null;
}

export function withoutAgency({ agencyId: _agencyId, ...review }: FoundReview): Review {
  return review;
}

/** Whether it was open. */
export async function closeReview(
  db: Db,
  review: { agencyId: string; viewingId: string },
  closing: { closedAt: Date; closedBy: string; finding: ReviewFinding; note: string },
): Promise<boolean> {
  const closed = await db
    .update(reviews)
    .set(closing)
    .where(
      and(eq(reviews.agencyId, review.agencyId), eq(reviews.viewingId, review.viewingId), isNull(reviews.closedAt)),
    )
    .returning({ viewingId: reviews.viewingId });
  return closed.length > 0;
}

/** What an examination has found out about one viewing. */
export interface Outcome {
  viewingId: string;
  agencyId: string;
  /** Those that are new. */
  flags: readonly { kind: FlagKind; reason: string }[];
  /** Whether nothing more will be found, because the viewing has ended. */
  isFinal: boolean;
  isDrawn: boolean;
}

/** Writes outcomes down, in the transaction that has their lines. */
export async function insertOutcomes(tx: Db, outcomes: readonly Outcome[], now: Date): Promise<void> {
  const final = outcomes.filter(({ isFinal }) => isFinal);
  const toReview = outcomes.filter(({ flags, isDrawn }) => flags.length > 0 || isDrawn);
  const flags = outcomes.flatMap(({ viewingId, agencyId, flags: found }) =>
    found.map((flag) => ({ viewingId, agencyId, ...flag, foundAt: now })),
  );
  if (final.length > 0) {
    const rows = final.map(({ viewingId, agencyId, isDrawn }) => ({ viewingId, agencyId, isDrawn, examinedAt: now }));
    await tx.insert(examinations).values(rows).onConflictDoNothing();
  }
  if (flags.length > 0) await tx.insert(viewingFlags).values(flags).onConflictDoNothing();
  if (toReview.length > 0) {
    const rows = toReview.map(({ viewingId, agencyId, flags: found }) => ({
      viewingId,
      agencyId,
      origin: found.length > 0 ? ('flagged' as const) : ('sampled' as const),
      openedAt: now,
    }));
    // One that was opened before, for another flag, stays as it is.
    await tx.insert(reviews).values(rows).onConflictDoNothing();
  }
}

function inState(state: ReviewState): SQL {
  return state === 'open' ? isNull(reviews.closedAt) : isNotNull(reviews.closedAt);
}

const viewers = alias(users, 'viewers');
const enders = alias(users, 'enders');
const closers = alias(users, 'closers');

async function select(db: Db, where: SQL | undefined, order: SQL[], limit: number): Promise<FoundReview[]> {
  const rows = await db
    .select({
      review: reviews,
      viewing: viewings,
      viewer: { id: viewers.id, name: viewers.name, role: viewers.role },
      ender: { id: enders.id, name: enders.name, role: enders.role },
      closer: { id: closers.id, name: closers.name, role: closers.role },
      cameraName: cameras.name,
      incident: { number: incidents.number, title: incidents.title },
      examinedAt: examinations.examinedAt,
    })
    .from(reviews)
    .innerJoin(viewings, eq(viewings.id, reviews.viewingId))
    .innerJoin(viewers, eq(viewers.id, viewings.userId))
    .innerJoin(cameras, eq(cameras.id, viewings.cameraId))
    .innerJoin(incidents, eq(incidents.id, viewings.incidentId))
    .leftJoin(enders, eq(enders.id, viewings.endedBy))
    .leftJoin(closers, eq(closers.id, reviews.closedBy))
    .leftJoin(examinations, eq(examinations.viewingId, reviews.viewingId))
    .where(where)
    .orderBy(...order, asc(reviews.viewingId))
    .limit(limit);
  const flags = await flagsOf(
    db,
    rows.map(({ review }) => review.viewingId),
  );
  return rows.map(({ review, viewing, viewer, ender, closer, cameraName, incident, examinedAt }) => ({
    agencyId: review.agencyId,
    viewing: {
      id: viewing.id,
      user: viewer,
      cameraId: viewing.cameraId,
      cameraName,
      stream: viewing.stream,
      incidentId: viewing.incidentId,
      incidentNumber: incident.number,
      incidentTitle: incident.title,
      purpose: viewing.purpose,
      grantId: viewing.grantId,
      startedAt: viewing.startedAt.toISOString(),
      endedAt: viewing.endedAt?.toISOString() ?? null,
      endReason: viewing.endReason,
      endedBy: ender,
      endNote: viewing.endNote,
    },
    bytes: viewing.bytes,
    origin: review.origin,
    flags: flags.get(review.viewingId) ?? [],
    openedAt: review.openedAt.toISOString(),
    isReady: examinedAt !== null,
    closed:
      review.closedAt === null || closer === null || review.finding === null
        ? null
        : { at: review.closedAt.toISOString(), by: closer, finding: review.finding, note: review.note ?? '' },
  }));
}

async function flagsOf(db: Db, viewingIds: string[]): Promise<Map<string, Review['flags']>> {
  const flags = new Map<string, Review['flags']>();
  if (viewingIds.length === 0) return flags;
  const rows = await db
    .select()
    .from(viewingFlags)
    .where(inArray(viewingFlags.viewingId, viewingIds))
    .orderBy(asc(viewingFlags.foundAt), asc(viewingFlags.kind));
  for (const { viewingId, kind, reason, foundAt } of rows) {
    const ofViewing = flags.get(viewingId) ?? [];
    ofViewing.push({ kind, reason, foundAt: foundAt.toISOString() });
    flags.set(viewingId, ofViewing);
  }
  return flags;
}
