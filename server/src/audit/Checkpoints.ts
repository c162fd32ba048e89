import type { Checkpoint } from 'commonsight-verify/checkpoint';
import { tileWidth } from 'commonsight-verify/tiles';
import type { Db } from '../db/Database.ts';
import type { Logger } from '../logger.ts';
import { RepeatingJob } from '../RepeatingJob.ts';
import { AuditLogError } from './AuditLogError.ts';
import type { AuditWriter } from './AuditWriter.ts';
import { CheckpointFiles } from './CheckpointFiles.ts';
import { checkEntries, checkSize, type LogToCheck } from './checkLog.ts';
import { insertCheckpoint, listLogs, readLastCheckpoint, readSizes } from './logRepository.ts';
import type { LogSigner } from './LogSigner.ts';
import { readTree } from './storedTree.ts';

const intervalMs = 1_000;

/** Checked before the server starts; what is older is checked while it already works. */
const entriesCheckedFirst = 100 * tileWidth;

export interface CheckpointsParts {
  db: Db;
  writer: Pick<AuditWriter, 'heads' | 'refuse' | 'accept' | 'settle'>;
  signer: LogSigner;
  dataDir: string;
  logger: Logger;
}

/**
 * Signs the heads of the logs once a second while they grow, and keeps each in the database and in the data folder.
 * While that fails no line is written, and so no act is done.
 */
export class Checkpoints {
  readonly #parts: CheckpointsParts;
  readonly #files: CheckpointFiles;
  readonly #signed = new Map<string, number>();
  #job: RepeatingJob | null = null;
  #isBroken = false;
  #signing: Promise<void> = Promise.resolve();
  #isClosed = false;
  /** A change was found: nothing is signed over it any more. */
  #isStopped = false;
  #sweep: Promise<void> = Promise.resolve();

  private constructor(parts: CheckpointsParts) {
    this.#parts = parts;
    this.#files = new CheckpointFiles(parts.dataDir);
  }

  /**
   * Checks that every log is what was signed, signs what is new, and goes on signing. Throws an `AuditLogError` when a
   * log was cut or changed: then nothing is signed over it.
   */
  static async create(parts: CheckpointsParts): Promise<Checkpoints> {
    const checkpoints = new Checkpoints(parts);
    const rest: { log: LogToCheck; to: number }[] = [];
    const logIds = new Set([...(await listLogs(parts.db)), ...(await checkpoints.#files.list())]);
    for (const logId of logIds) {
      const log = { ...parts, logId, kept: await checkpoints.#readKept(logId) };
      const size = await checkSize(log);
      const first = Math.max(0, Math.floor(size / tileWidth) * tileWidth - entriesCheckedFirst);
      await checkEntries(log, first, size);
      checkpoints.#signed.set(logId, Math.max(0, ...log.kept.map((checkpoint) => checkpoint.size)));
      if (first > 0) rest.push({ log, to: first });
    }
    await checkpoints.#signStored();
    checkpoints.#job = RepeatingJob.create({
      name: 'audit log checkpoints',
      retryMs: intervalMs,
      logger: parts.logger,
      run: () => checkpoints.#signNew(),
    });
    checkpoints.#sweep = checkpoints.#checkRest(rest);
    return checkpoints;
  }

  /** Signs what is written by now, instead of within the next second. */
  signNow(): Promise<void> {
    return this.#signGrown();
  }

  /** Signs what is left. Idempotent. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#job?.close();
    await this.#sweep;
    await this.#parts.writer.settle();
    await this.#signGrown().catch(() => undefined);
  }

  /** What was signed before: the database's last checkpoint and the data folder's, which its owner cannot reach. */
  async #readKept(logId: string): Promise<Checkpoint[]> {
    const { db, signer } = this.#parts;
    const stored = await readLastCheckpoint(db, logId);
    const file = await this.#files.read(logId);
    const kept: Checkpoint[] = [];
    for (const note of [stored?.note, file]) {
      if (note === undefined || note === null) continue;
      const opened = signer.open(logId, note);
      if (opened === null) {
        throw new AuditLogError(
          `The audit log ${signer.originOf(logId)} was signed with another key than the one in ${signer.path}. ` +
            'Put back the key that belongs to this database.',
        );
      }
      kept.push(opened);
    }
    return kept;
  }

  /** At start: also what a server before this one has written and not signed any more. */
  async #signStored(): Promise<void> {
    const { db } = this.#parts;
    for (const [logId, size] of await readSizes(db)) {
      if (size > (this.#signed.get(logId) ?? 0)) await this.#sign(logId, await readTree(db, logId));
    }
  }

  async #signNew(): Promise<number> {
    const { writer, logger } = this.#parts;
    try {
      await this.#signGrown();
      if (this.#isBroken) {
        this.#isBroken = false;
        writer.accept();
        logger.info('The audit log is signed again.');
      }
    } catch (error) {
      if (!this.#isBroken) {
        this.#isBroken = true;
        writer.refuse('The audit log cannot be signed.');
        logger.error({ err: error }, 'The audit log cannot be signed. Nothing is allowed until it can.');
      }
    }
    return intervalMs;
  }

  /** One at a time: the files of two would mix. */
  #signGrown(): Promise<void> {
    const signing = this.#signing.then(() => this.#signAll());
    this.#signing = signing.catch(() => undefined);
    return signing;
  }

  async #signAll(): Promise<void> {
    for (const [logId, tree] of this.#isStopped ? [] : this.#parts.writer.heads) {
      if (tree.size > (this.#signed.get(logId) ?? 0)) await this.#sign(logId, tree);
    }
  }

  async #sign(logId: string, tree: { size: number; root(): Uint8Array }): Promise<void> {
    const { db, signer } = this.#parts;
    const { size } = tree;
    const note = signer.signCheckpoint(logId, { size, root: tree.root() });
    // The file first: what is in the database is then never ahead of what is kept apart from it.
    await this.#files.write(logId, note);
    await insertCheckpoint(db, { logId, size, note });
    this.#signed.set(logId, size);
  }

  /** The older part of long logs. Who finds something then finds a server at work, and stops it. */
  async #checkRest(rest: readonly { log: LogToCheck; to: number }[]): Promise<void> {
    const { writer, logger } = this.#parts;
    for (const { log, to } of rest) {
      for (let start = 0; start < to && !this.#isClosed; start += entriesCheckedFirst) {
        try {
          await checkEntries(log, start, Math.min(start + entriesCheckedFirst, to));
        } catch (error) {
          if (!(error instanceof AuditLogError)) {
            logger.warn({ err: error }, 'The older part of the audit log could not be checked.');
            return;
          }
          this.#isStopped = true;
          await this.#job?.close();
          writer.refuse(error.message);
          logger.error({ err: error }, error.message);
          return;
        }
      }
    }
  }
}
