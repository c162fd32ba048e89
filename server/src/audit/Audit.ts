import type { AuditEvent, AuditSearch } from '@commonsight/types/audit-event';
import type { Db } from '../db/Database.ts';
import type { Act } from './Act.ts';
import { AuditWriter } from './AuditWriter.ts';
import { searchLines } from './searchLines.ts';
import { sealLine } from './sealLine.ts';

export type { Act, TargetKind } from './Act.ts';

class DoneAlready extends Error {
  override name = 'DoneAlready';
}

/**
 * The tamper-evident record of acts. `record` resolves when the line is committed; the act comes after it, and when
 * `record` rejects there is no act. What several may try at once has its records in the line's own commit. Never call it inside a transaction: the line must outlive the act's failure.
 */
export class Audit {
  readonly #db: Db;
  readonly writer: AuditWriter;

  constructor(db: Db) {
    this.#db = db;
    this.writer = new AuditWriter(db);
  }

  /** Whether lines can be written and signed, as far as is known; when not, nothing that needs one is allowed. */
  get isUp(): boolean {
    return this.writer.isUp;
  }

  record(act: Act): Promise<void> {
    return this.recordAll([act]);
  }

  /**
   * Writes several lines in one commit: all of them or none. Without acts it does nothing.
   *
   * `with` writes records in the same commit: of an act that takes effect with them, such as a grant, of one that begins
   * after this has resolved, such as a viewing, or of one that is done already, such as a viewing's end. It uses the
   * handle that it is given, and when it throws there is neither line nor record.
   */
  async recordAll(acts: readonly Act[], options: { with?: (tx: Db) => Promise<void> } = {}): Promise<void> {
    if (acts.length === 0) return;
    await this.writer.write(
      acts.map((act) => sealLine(act)),
      options.with,
    );
  }

  /**
   * Writes a line with the one change that it is about, for what several may try at once: when `write` finds that it is
   * done already and gives null, there is no line either, and the answer is null. See `recordAll` for what `write` may do.
   */
  async recordOnce<Written extends object>(
    act: Act,
    write: (tx: Db) => Promise<Written | null>,
  ): Promise<Written | null> {
    const written: Written[] = [];
    try {
      await this.recordAll([act], {
        with: async (tx) => {
          const value = await write(tx);
          if (value === null) throw new DoneAlready();
          written.push(value);
        },
      });
    } catch (error) {
      if (error instanceof DoneAlready) return null;
      throw error;
    }
    return written[0] ?? null;
  }

  /** An agency's events, newest first, from below the sequence `before`. */
  list(agencyId: string, search: AuditSearch & { limit: number }): Promise<AuditEvent[]> {
    return searchLines(this.#db, agencyId, search);
  }
}
