import { randomInt } from 'node:crypto';
import type { Act, Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import type { Notices } from '../notices.ts';
import { type DueViewing, type UserRecord, listDueViewings, readUserRecord } from './circumstancesRepository.ts';
import { findFlags } from './flags/rules.ts';
import { type Outcome, findReview, insertOutcomes, withoutAgency } from './reviewRepository.ts';

const defaultPageSize = 500;
const million = 1_000_000;

export interface ExaminerParts {
  db: Db;
  audit: Pick<Audit, 'recordAll'>;
  notices: Pick<Notices, 'tell'>;
  /** How many ended viewings in a hundred are drawn for review by chance. */
  samplePercent: (agencyId: string) => Promise<number>;
  /** A number in [0, 1) that nobody can foresee. */
  draw?: () => number;
  /** How many viewings are read at a time. */
  pageSize?: number;
}

/**
 * Looks for flags in viewings: those that run again and again, each that has ended once more and for the last time.
 * Then chance draws some of those that nothing was found in.
 */
export class Examiner {
  readonly #parts: ExaminerParts;
  readonly #draw: () => number;

  constructor(parts: ExaminerParts) {
    this.#parts = parts;
    this.#draw = parts.draw ?? (() => randomInt(million) / million);
  }

  /** Examines what is due. `running`: those that have not ended, too. */
  async examine(options: { running: boolean }, now: Date): Promise<void> {
    const limit = this.#parts.pageSize ?? defaultPageSize;
    let after: DueViewing | null = null;
    do {
      const due: DueViewing[] = await listDueViewings(this.#parts.db, { ...options, limit, after }, now);
      const byUser = Map.groupBy(due, ({ userId }) => userId);
      for (const viewings of byUser.values()) await this.#examineUser(viewings, now);
      after = due.length < limit ? null : (due.at(-1) ?? null);
    } while (after !== null);
  }

  async #examineUser(due: readonly DueViewing[], now: Date): Promise<void> {
    // They come in the order of their starts.
    const [oldest] = due;
    if (oldest === undefined) return;
    const record = await readUserRecord(this.#parts.db, oldest, oldest.startedAt);
    const samplePercent = await this.#parts.samplePercent(oldest.agencyId);
    const outcomes = due
      .map((viewing) => this.#judge(viewing, record, samplePercent, now))
      .filter((outcome) => outcome !== null);
    await this.#write(outcomes, now);
  }

  #judge({ id, agencyId }: DueViewing, record: UserRecord, samplePercent: number, now: Date): Outcome | null {
    const viewing = record.history.find((other) => other.id === id);
    const incident = record.incidents.get(viewing?.incidentId ?? '');
    if (viewing === undefined || incident === undefined) return null;
    const found = findFlags({ ...record, viewing, incident, nowMs: now.getTime() });
    const known = record.flags.get(id);
    const isFinal = viewing.endedAtMs !== null;
    const isFlagged = found.length > 0 || known !== undefined;
    return {
      viewingId: id,
      agencyId,
      flags: found.filter(({ kind }) => known?.has(kind) !== true),
      isFinal,
      isDrawn: isFinal && !isFlagged && this.#draw() * 100 < samplePercent,
    };
  }

  /** What opens a review is a line of the log, so that no review can vanish unseen. */
  async #write(outcomes: readonly Outcome[], now: Date): Promise<void> {
    const { db, audit, notices } = this.#parts;
    const told = outcomes.filter(({ flags, isDrawn, isFinal }) => flags.length > 0 || isDrawn || isFinal);
    const acts = told.flatMap(toAct);
    const write = (tx: Db) => insertOutcomes(tx, told, now);
    if (acts.length > 0) await audit.recordAll(acts, { with: write });
    else if (told.length > 0) await db.transaction(write);
    for (const { agencyId, viewingId } of told) {
      const review = await findReview(db, agencyId, viewingId);
      if (review !== null) void notices.tell('reviewChanged', { agencyId, review: withoutAgency(review) });
    }
  }
}

function toAct({ viewingId, agencyId, flags, isDrawn }: Outcome): Act[] {
  if (flags.length === 0 && !isDrawn) return [];
  return [
    {
      type: isDrawn ? 'viewing.sampled' : 'viewing.flagged',
      outcome: 'done',
      actor: { kind: 'system', agencyId },
      target: { kind: 'viewing', id: viewingId },
      details: isDrawn ? {} : { flags: flags.map(({ kind }) => kind) },
    },
  ];
}
