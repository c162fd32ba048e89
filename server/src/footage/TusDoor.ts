import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { footageUploadPath } from '@commonsight/types/footage';
import { DataStore, Server, Upload } from '@tus/server';
import { CodedError } from '../errors.ts';
import { hasCode } from '../hasCode.ts';
import { newId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { FootageUploads, Uploader } from './FootageUploads.ts';
import { UploadLocker } from './UploadLocker.ts';

/** For so long an upload that is still being written by a broken connection is waited for by the one that goes on. */
const lockDrainMs = 1_000;

/** A request whose uploader is known, and the upload that it names; null for one that begins an upload. */
interface Asked {
  uploader: Uploader;
  fileId: string | null;
}

/**
 * The tus protocol, by `@tus/server`, in front of the uploads. Who asks, and about which upload, is known before a request
 * gets here; the protocol's part is to say where an upload is and to hand over its bytes.
 */
export class TusDoor {
  readonly #server: Server;
  /** What is asked, for as long as it is answered: the protocol itself hands nobody on. */
  readonly #asked = new AsyncLocalStorage<Asked>();

  constructor(uploads: FootageUploads, logger: Pick<Logger, 'warn'>) {
    const uploader = (): Uploader => {
      const known = this.#asked.getStore();
      if (known === undefined) throw new CodedError('notSignedIn');
      return known.uploader;
    };
    this.#server = new Server({
      path: footageUploadPath,
      datastore: new UploadStore(uploads, uploader),
      locker: new UploadLocker(),
      relativeLocation: true,
      // No other origin's page may do anything here.
      allowedOrigins: () => false,
      lockDrainTimeout: lockDrainMs,
      namingFunction: () => newId(),
      // What the route has checked, and not what else the address may be read as.
      getFileIdFromRequest: () => this.#asked.getStore()?.fileId ?? undefined,
      onUploadFinish: async (_, { id }) => {
        await uploads.finish(uploader(), id);
        return {};
      },
      onResponseError: (_, error) => toAnswer(error, logger),
    });
  }

  /** Answers a request of somebody who is known. */
  async answer(asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#asked.run(asked, () => this.#server.handle(request, response));
  }
}

/** The uploads as the protocol asks for them. */
class UploadStore extends DataStore {
  readonly #uploads: FootageUploads;
  readonly #uploader: () => Uploader;

  constructor(uploads: FootageUploads, uploader: () => Uploader) {
    super();
    this.#uploads = uploads;
    this.#uploader = uploader;
    this.extensions = ['creation', 'termination'];
  }

  override async create(upload: Upload): Promise<Upload> {
    const { id, size, metadata } = upload;
    const text = (value: string | null | undefined) => value ?? '';
    await this.#uploads.begin(this.#uploader(), id, {
      sizeBytes: size,
      name: text(metadata?.['name']),
      sha256: text(metadata?.['sha256']),
    });
    return upload;
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    return this.#uploads.append(this.#uploader(), id, offset, source);
  }

  override async getUpload(id: string): Promise<Upload> {
    const { offsetBytes, sizeBytes, createdAt } = await this.#uploads.own(this.#uploader(), id);
    return new Upload({ id, size: sizeBytes, offset: offsetBytes, creation_date: createdAt.toISOString() });
  }

  override async remove(id: string): Promise<void> {
    await this.#uploads.remove(this.#uploader(), id);
  }
}

/** In this project's form; what the protocol itself refuses keeps its status, which its clients go by. */
function toAnswer(error: unknown, logger: Pick<Logger, 'warn'>): { status_code: number; body: string } {
  const toBody = (wire: object) => JSON.stringify({ error: wire });
  const coded = isDiskFull(error) ? new CodedError('storageFull', undefined, { cause: error }) : error;
  if (coded instanceof CodedError) {
    if (coded.code === 'storageFull') logger.warn('The disk has no room for an upload. Make room in the data folder.');
    return { status_code: coded.httpStatus, body: toBody(coded.toWire()) };
  }
  if (isOfProtocol(error)) {
    const code = error.status_code === 413 ? 'tooLarge' : error.status_code === 409 ? 'conflict' : 'badRequest';
    return { status_code: error.status_code, body: toBody({ code, message: error.body.trim() }) };
  }
  logger.warn({ err: error }, 'A part of an upload could not be kept.');
  return { status_code: 500, body: toBody(new CodedError('internal').toWire()) };
}

/** The disk, or what this user may use of it. */
function isDiskFull(error: unknown): boolean {
  return hasCode(error, 'ENOSPC', 'EDQUOT');
}

function isOfProtocol(error: unknown): error is { status_code: number; body: string } {
  if (typeof error !== 'object' || error === null) return false;
  return (
    'status_code' in error && typeof error.status_code === 'number' && 'body' in error && typeof error.body === 'string'
  );
}
