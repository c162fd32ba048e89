import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { AuditType } from '@commonsight/types/audit-event';
import type { ErrorCode } from '@commonsight/types/errors';
import {
  largestFootageBytes,
  largestUploadPartBytes,
  mostFootageFiles,
  mostUnfinishedBytes,
  sha256Schema,
} from '@commonsight/types/footage';
import { idSchema } from '@commonsight/types/ids';
import type { Actor } from '../access/Actor.ts';
import type { Act, Audit } from '../audit/Audit.ts';
import type { Refusals } from '../audit/Refusals.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import { about, type FootageAnswers } from './FootageAnswers.ts';
import type { FootageFolder } from './FootageFolder.ts';
import type { FootageKeys } from './FootageKeys.ts';
import type { FileRow } from './footageRepository.ts';
import { findFile, insertFile, listFiles, removeFile, sumOutstanding, updateFile } from './fileRepository.ts';
import { type AskedRecipient, lockRecipient, updateRecipient } from './recipientRepository.ts';
import { DamagedFile } from './SealedFile.ts';
import { toFileName } from './toFileName.ts';

/** Who uploads. */
export interface Uploader {
  actor: Actor;
  asked: AskedRecipient;
}

export interface FootageUploadsParts {
  db: Db;
  audit: Audit;
  refusals: Pick<Refusals, 'refuse'>;
  keys: FootageKeys;
  folder: Pick<FootageFolder, 'hasRoomFor' | 'make' | 'open' | 'remove'>;
  answers: Pick<FootageAnswers, 'find'>;
  logger: Pick<Logger, 'warn'>;
}

/** Files on their way: begun, going on, compared with their hash when they are whole. */
export class FootageUploads {
  readonly #parts: FootageUploadsParts;

  /**
   * Whatever changes a file, one after another: a part, the end of a broken request and the one that goes on, and who takes it
   * back. Each reads the record when its turn has come.
   */
  readonly #turns = new KeyedQueue();

  constructor(parts: FootageUploadsParts) {
    this.#parts = parts;
  }

  /** Whose session a header's secret is; `notSignedIn` without one, with a line of the type. */
  async uploader(
    { actor, secret }: { actor: Actor; secret: string | null },
    type: AuditType | null,
  ): Promise<Uploader> {
    const asked = await this.#parts.answers.find(secret);
    if (asked !== null) return { actor, asked };
    return this.#refuse(type === null ? null : { type, actor }, 'notSignedIn', 'The link is over. Ask for a new one.');
  }

  /** The own file, received or not; `notFound` for any other, with a line of the type. */
  async own({ actor, asked }: Uploader, id: string, type: AuditType | null = null): Promise<FileRow> {
    const file = idSchema.safeParse(id).success ? await findFile(this.#parts.db, id) : null;
    if (file !== null && file.recipientId === asked.recipient.id) return file;
    return this.#refuse(type === null ? null : about(type, actor, asked), 'notFound');
  }

  /** Refuses a part that is larger than one may be, or than what is still missing. */
  async assertFits({ actor, asked }: Uploader, file: FileRow, part: { offset: number; bytes: number }): Promise<void> {
    if (part.bytes <= largestUploadPartBytes && part.offset + part.bytes <= file.sizeBytes) return;
    const act = about('footage.uploadRefused', actor, asked);
    const details = { ...act.details, fileId: file.id, bytes: part.bytes };
    return this.#refuse({ ...act, details }, 'tooLarge');
  }

  /** Begins a file of `sizeBytes` (declared, as all of it). What is not taken has its line. */
  async begin(
    { actor, asked }: Uploader,
    id: string,
    given: { sizeBytes: number | undefined; name: string; sha256: string },
  ): Promise<void> {
    const { audit, keys, folder } = this.#parts;
    const act = about('footage.uploadStarted', actor, asked);
    const { of, recipient } = asked;
    try {
      const sizeBytes = fittingSize(given.sizeBytes);
      const sha256 = sha256Schema.safeParse(given.sha256.toLowerCase());
      if (!sha256.success) throw new CodedError('badRequest', 'sha256: 64 hexadecimal digits.');
      const name = toFileName(given.name);
      await folder.make(of.id, id);
      const details = { ...act.details, fileId: id, bytes: sizeBytes, sha256: sha256.data };
      await audit.recordAll([{ ...act, outcome: 'done', details }], {
        with: async (tx) => {
          const now = new Date();
          const current = await lockRecipient(tx, recipient.id);
          if (current === null || !['hasIt', 'uploading', 'received'].includes(current.state)) {
            throw new CodedError('conflict', 'Say first that you have it.');
          }
          await this.#assertRoom(tx, recipient.id, sizeBytes);
          await insertFile(tx, {
            id,
            agencyId: recipient.agencyId,
            recipientId: recipient.id,
            caseId: of.id,
            name: keys.sealName(of, id, name),
            sizeBytes,
            sha256: sha256.data,
            offsetBytes: 0,
            storedBytes: 0,
            segments: 0,
            createdAt: now,
            changedAt: now,
          });
          await updateRecipient(tx, recipient.id, ['hasIt'], { state: 'uploading' });
        },
      });
    } catch (error) {
      // Of anything else nobody knows whether the record is there: then the file has to be, too.
      if (!(error instanceof CodedError)) throw error;
      await folder.remove(of.id, id);
      await this.#refuse(act, error.code, error.message);
    }
  }

  /**
   * Keeps what comes, as far as it comes, and says how much there is then. Throws the source's error after that; `conflict`
   * for a part that does not begin where the file ends, and for a file that is whole.
   */
  append(uploader: Uploader, id: string, offset: number, source: Readable): Promise<number> {
    return this.#turns.run(id, async () => {
      const { db, folder } = this.#parts;
      const file = await this.own(uploader, id);
      if (file.receivedAt !== null || file.offsetBytes !== offset || offset >= file.sizeBytes) {
        throw new CodedError('conflict');
      }
      if (!(await folder.hasRoomFor(largestUploadPartBytes))) throw new CodedError('storageFull');
      const sealed = folder.open(uploader.asked.of, id);
      const { extent, failure } = await this.#unlessDamaged(uploader, file, () => sealed.append(file, source));
      // It was taken back meanwhile, or another server has gone on with it.
      if (!(await updateFile(db, file, { ...extent, changedAt: new Date() }))) throw new CodedError('conflict');
      if (failure !== null) throw failure;
      return extent.offsetBytes;
    });
  }

  /**
   * Reads back what has arrived and compares its hash with the declared one. `hashMismatch`, with its line and nothing kept,
   * when they differ or it cannot be read.
   */
  finish(uploader: Uploader, id: string): Promise<void> {
    return this.#turns.run(id, async () => {
      const file = await this.own(uploader, id);
      if (file.receivedAt !== null) return;
      if (file.offsetBytes !== file.sizeBytes) throw new CodedError('conflict', 'Not all of it has arrived.');
      await this.#unlessDamaged(uploader, file, () => this.#compare(uploader, file));
    });
  }

  /** Gives up a file that is not whole; `conflict` for one that was received. */
  remove(uploader: Uploader, id: string): Promise<void> {
    return this.#turns.run(id, async () => {
      const { actor, asked } = uploader;
      const file = await this.own(uploader, id);
      const begun = about('footage.uploadRemoved', actor, asked);
      const act = { ...begun, details: { ...begun.details, fileId: id } };
      if (file.receivedAt !== null) {
        await this.#refuse(act, 'conflict', 'This file was received and stays.');
      }
      if (!(await this.#forget({ ...act, outcome: 'done' }, file))) throw new CodedError('notFound');
    });
  }

  /** Gives up a file that has not gone on for too long, or whose request is over; one that has gone on since it was read stays. */
  abandon({ id, changedAt }: FileRow): Promise<void> {
    return this.#turns.run(id, async () => {
      const file = await findFile(this.#parts.db, id);
      if (file === null || file.changedAt > changedAt) return;
      await this.#forget(
        {
          type: 'footage.uploadRemoved',
          outcome: 'done',
          actor: { kind: 'system', agencyId: file.agencyId },
          target: { kind: 'footageFile', id },
          details: { recipientId: file.recipientId, fileId: id },
        },
        file,
      );
    });
  }

  /** In the writer's turn, so that two that begin at once count each other. */
  async #assertRoom(tx: Db, recipientId: string, sizeBytes: number): Promise<void> {
    const before = await listFiles(tx, [recipientId]);
    if (before.length >= mostFootageFiles) throw new CodedError('conflict', 'There are enough files already.');
    const unfinished = before.filter(({ receivedAt }) => receivedAt === null);
    const heldBytes = unfinished.reduce((sum, file) => sum + file.sizeBytes, sizeBytes);
    if (heldBytes > mostUnfinishedBytes) {
      throw new CodedError('conflict', 'Too much is on its way. Let a file arrive before the next one.');
    }
    // What was promised to others and is not there yet is not free.
    if (!(await this.#parts.folder.hasRoomFor(sizeBytes + (await sumOutstanding(tx))))) {
      throw new CodedError('storageFull');
    }
  }

  async #compare(uploader: Uploader, file: FileRow): Promise<void> {
    const { audit, folder } = this.#parts;
    const { actor, asked } = uploader;
    const { id } = file;
    const sealed = folder.open(asked.of, id);
    const hash = createHash('sha256');
    for await (const part of sealed.read(file, { isWhole: false })) hash.update(part);
    const sha256 = hash.digest('hex');
    if (sha256 !== file.sha256) return this.#reject(uploader, file, { sha256 });
    const extent = await sealed.seal(file);
    const received = about('footage.received', actor, asked);
    const details = { ...received.details, fileId: id, bytes: file.sizeBytes, sha256 };
    const kept = await audit.recordOnce({ ...received, outcome: 'done', details }, async (tx) => {
      const now = new Date();
      const { storedBytes, segments } = extent;
      if (!(await updateFile(tx, file, { storedBytes, segments, changedAt: now, receivedAt: now }))) return null;
      await updateRecipient(tx, asked.recipient.id, ['hasIt', 'uploading'], { state: 'received', answeredAt: now });
      return extent;
    });
    if (kept === null) throw new CodedError('notFound');
  }

  /** What cannot be read back any more can never be whole. */
  async #unlessDamaged<T>(uploader: Uploader, file: FileRow, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error;
      this.#parts.logger.warn({ err: error, fileId: file.id }, 'What had arrived of an upload cannot be read back.');
      return this.#reject(uploader, file, {});
    }
  }

  /** Nothing is kept of it, with its line. */
  async #reject({ actor, asked }: Uploader, file: FileRow, found: { sha256?: string }): Promise<never> {
    const act = about('footage.uploadRefused', actor, asked);
    const { id: fileId, sizeBytes: bytes } = file;
    const details = { ...act.details, fileId, bytes, ...found, code: 'hashMismatch' };
    if (!(await this.#forget({ ...act, outcome: 'refused', details }, file))) throw new CodedError('notFound');
    throw new CodedError('hashMismatch');
  }

  /** The line and the record's end are one commit, then what has arrived goes; false when it was received, or is gone. */
  async #forget(act: Act, file: FileRow): Promise<boolean> {
    const { audit, folder } = this.#parts;
    if ((await audit.recordOnce(act, (tx) => removeFile(tx, file))) === null) return false;
    await folder.remove(file.caseId, file.id);
    return true;
  }

  /** Throws a refusal, with a line of the act where it has one. */
  async #refuse(act: Omit<Act, 'outcome'> | null, code: ErrorCode, message?: string): Promise<never> {
    const error = new CodedError(code, message);
    if (act === null) throw error;
    return this.#parts.refusals.refuse(act, error);
  }
}

function fittingSize(sizeBytes: number | undefined): number {
  if (sizeBytes === undefined || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0) {
    throw new CodedError('badRequest', 'Upload-Length: the size of the file in bytes.');
  }
  if (sizeBytes === 0) throw new CodedError('badRequest', 'The file is empty.');
  if (sizeBytes > largestFootageBytes) {
    throw new CodedError('tooLarge', `A file may have ${largestFootageBytes / 1024 ** 3} GiB at most.`);
  }
  return sizeBytes;
}
