import { CompactTree } from 'commonsight-verify/tree';
import type { Db } from '../db/Database.ts';
import { appendLines } from './appendLines.ts';
import type { SealedLine } from './sealLine.ts';

/** As many lines as go into one commit, so that none waits long for the others. */
const linesPerCommit = 500;

/** Beyond this the database is not keeping up, and more waiting would not help. */
const mostWaitingLines = 20_000;

/** How often a batch is tried again because another server has appended in between. */
const mostConflicts = 5;

/** Records to be written in the commit of their lines, on the handle that they are given and no other. */
export type Alongside = (tx: Db) => Promise<void>;

interface Waiting {
  lines: readonly SealedLine[];
  alongside: Alongside | undefined;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Nothing may be done that needs a line: lines cannot be written or vouched for. */
class AuditDownError extends Error {
  override name = 'AuditDownError';
}

/**
 * The one writer of a process. Lines that wait while a commit runs go into the next one together, so that the number of
 * lines a second does not hang on the time of a commit. A caller's lines are committed when its promise resolves, all of
 * them or none; the logs grow in the order of the calls.
 */
export class AuditWriter {
  readonly #db: Db;
  readonly #waiting: Waiting[] = [];
  /** Where to append. Empty after a failure: then the trees are read again. */
  readonly #trees = new Map<string, CompactTree>();
  readonly #heads = new Map<string, CompactTree>();
  #waitingLines = 0;
  #working: Promise<void> | null = null;
  /** Why nothing may be written, from outside (`refuse`) or because the last commit failed. */
  #refusal: Error | null = null;
  #lastFailure: unknown = null;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Whether lines can be written, as far as is known. */
  get isUp(): boolean {
    return this.#refusal === null && this.#lastFailure === null;
  }

  /** Resolves when the lines, and the records alongside, are committed; rejects when nothing of them is. */
  write(lines: readonly SealedLine[], alongside?: Alongside): Promise<void> {
    if (this.#refusal !== null) return Promise.reject(this.#refusal);
    if (lines.length === 0) return Promise.reject(new Error('There is no line to write.'));
    if (this.#waitingLines > 0 && this.#waitingLines + lines.length > mostWaitingLines) {
      return Promise.reject(new AuditDownError('Too many lines wait to be written.'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ lines, alongside, resolve, reject });
      this.#waitingLines += lines.length;
      this.#working ??= this.#work();
    });
  }

  /** From now on nothing is written, until `accept`. */
  refuse(reason: string): void {
    this.#refusal = new AuditDownError(reason);
  }

  accept(): void {
    this.#refusal = null;
  }

  /** What is committed of the logs that this process has written to. */
  get heads(): ReadonlyMap<string, CompactTree> {
    return this.#heads;
  }

  /** Resolves when nothing waits any more. */
  async settle(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  async #work(): Promise<void> {
    // A turn of the event loop lets those in who ask in the same moment.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#commit(this.#takeBatch());
    this.#working = null;
  }

  #takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    let lines = 0;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (batch.length > 0 && lines + next.lines.length > linesPerCommit) break;
      lines += next.lines.length;
      batch.push(next);
      this.#waiting.shift();
    }
    this.#waitingLines -= lines;
    return batch;
  }

  async #commit(batch: readonly Waiting[], conflicts = 0): Promise<void> {
    if (this.#refusal !== null) {
      for (const { reject } of batch) reject(this.#refusal);
      return;
    }
    let isCommitting = false;
    const failed = new Map<Waiting, unknown>();
    try {
      const trees = await this.#db.transaction(async (tx) => {
        const written: SealedLine[] = [];
        for (const waiting of batch) {
          const error = await writeAlongside(tx, waiting.alongside);
          if (error === null) written.push(...waiting.lines);
          else failed.set(waiting, error.cause);
        }
        const grown = await appendLines(tx, written, this.#trees);
        isCommitting = true;
        return grown;
      });
      for (const [logId, tree] of trees) {
        this.#trees.set(logId, tree);
        this.#heads.set(logId, tree);
      }
      this.#lastFailure = null;
      for (const waiting of batch) {
        if (failed.has(waiting)) waiting.reject(failed.get(waiting));
        else waiting.resolve();
      }
    } catch (error) {
      this.#trees.clear();
      await this.#recover(batch, error, { isCommitting, conflicts });
    }
  }

  /** Before the commit began nothing is written for certain, and may be tried again; after that nobody knows. */
  async #recover(
    batch: readonly Waiting[],
    error: unknown,
    { isCommitting, conflicts }: { isCommitting: boolean; conflicts: number },
  ): Promise<void> {
    if (!isCommitting && isConflict(error) && conflicts < mostConflicts) {
      await this.#commit(batch, conflicts + 1);
    } else if (!isCommitting && batch.length > 1 && isAboutContent(error)) {
      // One bad line must not take the others with it.
      for (const waiting of batch) await this.#commit([waiting]);
    } else {
      this.#lastFailure = error;
      for (const { reject } of batch) reject(error);
    }
  }
}

/** In a savepoint of its own: what fails here takes only its own lines back. */
async function writeAlongside(tx: Db, alongside: Alongside | undefined): Promise<{ cause: unknown } | null> {
  if (alongside === undefined) return null;
  try {
    await tx.transaction(alongside);
    return null;
  } catch (error) {
    return { cause: error };
  }
}

/** Another server has appended to the log since this one looked. */
function isConflict(error: unknown): boolean {
  return sqlState(error) === '23505';
}

/** The database is well and does not take what it was given: classes 22 and 23 of SQL's states, and 54. */
function isAboutContent(error: unknown): boolean {
  return ['22', '23', '54'].includes(sqlState(error)?.slice(0, 2) ?? '');
}

function sqlState(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string' && /^[0-9A-Z]{5}$/.test(current.code))
      return current.code;
  }
  return null;
}
