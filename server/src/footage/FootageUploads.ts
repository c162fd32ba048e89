import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { largestFootageBytes, mostFootageFiles, sha256Schema } from '@commonsight/types/footage';
import type { Actor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { KeyedQueue } from '../signaling/KeyedQueue.ts';
import { about, type FootageAnswers } from './FootageAnswers.ts';
import type { FootageFolder } from './FootageFolder.ts';
import type { FootageKeys } from './FootageKeys.ts';
import { type FileRow, listFiles } from './footageRepository.ts';
import {
  type AskedRecipient,
  findFile,
  insertFile,
  lockRecipient,
  removeFile,
  updateFile,
  updateRecipient,
} from './recipientRepository.ts';
import { toFileName } from './toFileName.ts';

/** Who uploads. */
export interface Uploader {
  actor: Actor;
  asked: AskedRecipient;
}

export interface FootageUploadsParts {
  db: Db;
  audit: Audit;
  keys: FootageKeys;
  folder: FootageFolder;
  answers: FootageAnswers;
}

/** Files on their way: begun, going on, compared with their hash when they are whole. */
export class FootageUploads {
  readonly #parts: FootageUploadsParts;

  /** One at a time of one file: the end of a broken request and the one that goes on both find it whole. */
  readonly #finishing = new KeyedQueue();

  constructor(parts: FootageUploadsParts) {
    this.#parts = parts;
  }

  /** Whose session a header's secret is. */
  async uploader(asker: { actor: Actor; secret: string | null }): Promise<Uploader> {
    return { actor: asker.actor, asked: await this.#parts.answers.require('footage.uploadStarted', asker) };
  }

  /** The own file, not yet received; `notFound` for any other. */
  async own({ asked }: Uploader, id: string): Promise<FileRow> {
    const file = await findFile(this.#parts.db, id);
    if (file === null || file.recipientId !== asked.recipient.id) throw new CodedError('notFound');
    return file;
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
    const name = toFileName(given.name);
    try {
      const sizeBytes = fittingSize(given.sizeBytes);
      const sha256 = sha256Schema.safeParse(given.sha256.toLowerCase());
      if (!sha256.success) throw new CodedError('badRequest', 'sha256: 64 hexadecimal digits.');
      if (!(await folder.hasRoomFor(sizeBytes))) throw new CodedError('storageFull');
      await folder.make(of.id, id);
      const details = { ...act.details, fileId: id, bytes: sizeBytes, sha256: sha256.data };
      await audit.recordAll([{ ...act, outcome: 'done', details }], {
        with: async (tx) => {
          const now = new Date();
          const current = await lockRecipient(tx, recipient.id);
          if (current === null || !['hasIt', 'uploading', 'received'].includes(current.state)) {
            throw new CodedError('conflict', 'Say first that you have it.');
          }
          const before = await listFiles(tx, [recipient.id]);
          if (before.length >= mostFootageFiles) throw new CodedError('conflict', 'There are enough files already.');
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
      await folder.remove(of.id, id);
      if (error instanceof CodedError)
        await audit.record({ ...act, outcome: 'refused', details: { code: error.code } });
      throw error;
    }
  }

  /** Keeps what comes, as far as it comes, and says how much there is then. Throws the source's error after that. */
  async append({ asked }: Uploader, file: FileRow, source: Readable): Promise<number> {
    const { db, folder } = this.#parts;
    const { extent, failure } = await folder.open(asked.of, file.id).append(file, source);
    if (!(await updateFile(db, file.id, { ...extent, changedAt: new Date() }))) throw new CodedError('notFound');
    if (failure !== null) throw failure;
    return extent.offsetBytes;
  }

  /**
   * Reads back what has arrived and compares its hash with the declared one. `hashMismatch`, with its line and nothing kept,
   * when they differ.
   */
  finish(uploader: Uploader, id: string): Promise<void> {
    return this.#finishing.run(id, () => this.#finish(uploader, id));
  }

  async #finish({ actor, asked }: Uploader, id: string): Promise<void> {
    const { db, audit, folder } = this.#parts;
    const file = await findFile(db, id);
    if (file === null) throw new CodedError('notFound');
    if (file.receivedAt !== null) return;
    const sealed = folder.open(asked.of, id);
    const hash = createHash('sha256');
    for await (const part of sealed.read(file, { isWhole: false })) hash.update(part);
    const sha256 = hash.digest('hex');
    const details = { recipientId: asked.recipient.id, fileId: id, bytes: file.sizeBytes, sha256 };
    if (sha256 !== file.sha256) {
      const refused = about('footage.uploadRefused', actor, asked);
      await audit.record({ ...refused, outcome: 'refused', details: { ...details, code: 'hashMismatch' } });
      await this.drop(file);
      throw new CodedError('hashMismatch');
    }
    const extent = await sealed.seal(file);
    const received = about('footage.received', actor, asked);
    const kept = await audit.recordOnce({ ...received, outcome: 'done', details }, async (tx) => {
      const now = new Date();
      const { storedBytes, segments } = extent;
      if (!(await updateFile(tx, id, { storedBytes, segments, changedAt: now, receivedAt: now }))) return null;
      const change = { state: 'received' as const, answeredAt: now };
      await updateRecipient(tx, asked.recipient.id, ['hasIt', 'uploading'], change);
      return extent;
    });
    if (kept === null) throw new CodedError('notFound');
  }

  /** Gives up a file that is not whole; `conflict` for one that was received. */
  async remove({ actor, asked }: Uploader, file: FileRow): Promise<void> {
    const { audit } = this.#parts;
    const act = about('footage.uploadRemoved', actor, asked);
    const details = { ...act.details, fileId: file.id };
    if (file.receivedAt !== null) {
      await audit.record({ ...act, outcome: 'refused', details: { ...details, code: 'conflict' } });
      throw new CodedError('conflict', 'This file was received and stays.');
    }
    await audit.record({ ...act, outcome: 'done', details });
    await this.drop(file);
  }

  /** Removes what has arrived of a file that is not whole; one that was received meanwhile stays. */
  async drop({ id, caseId, recipientId }: FileRow): Promise<void> {
    const { db, folder } = this.#parts;
    if (!(await removeFile(db, id))) return;
    await folder.remove(caseId, id);
    const left = await listFiles(db, [recipientId]);
    if (left.length === 0) await updateRecipient(db, recipientId, ['uploading'], { state: 'hasIt' });
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
