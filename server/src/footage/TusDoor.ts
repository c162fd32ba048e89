import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { footageUploadPath } from '@commonsight/types/footage';
import { DataStore, Server, Upload } from '@tus/server';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { FileRow } from './footageRepository.ts';
import type { FootageUploads, Uploader } from './FootageUploads.ts';

/** For so long an upload that is still being written by a broken connection is waited for by the one that goes on. */
const lockDrainMs = 1_000;

/**
 * The tus protocol, by `@tus/server`, in front of the uploads. Who asks is known before a request gets here; the
 * protocol's part is to say where an upload is and to hand over its bytes.
 */
export class TusDoor {
  readonly #server: Server;
  /** Who asks, for as long as the request is answered: the protocol itself hands nobody on. */
  readonly #uploaders = new AsyncLocalStorage<Uploader>();

  constructor(uploads: FootageUploads, logger: Pick<Logger, 'warn'>) {
    const uploader = (): Uploader => {
      const known = this.#uploaders.getStore();
      if (known === undefined) throw new CodedError('notSignedIn');
      return known;
    };
    this.#server = new Server({
      path: footageUploadPath,
      datastore: new UploadStore(uploads, uploader),
      relativeLocation: true,
      // No other origin's page may do anything here.
      allowedOrigins: () => false,
      disableTerminationForFinishedUploads: true,
      lockDrainTimeout: lockDrainMs,
      namingFunction: () => newId(),
      onUploadFinish: async (_, { id }) => {
        await uploads.finish(uploader(), id);
        return {};
      },
      onResponseError: (_, error) => toAnswer(error, logger),
    });
  }

  /** Answers a request of somebody who is known. */
  async answer(uploader: Uploader, request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#uploaders.run(uploader, () => this.#server.handle(request, response));
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
    const uploader = this.#uploader();
    const file = await this.#uploads.own(uploader, id);
    if (file.receivedAt !== null || file.offsetBytes !== offset) throw new CodedError('conflict');
    return this.#uploads.append(uploader, file, source);
  }

  override async getUpload(id: string): Promise<Upload> {
    const { offsetBytes, sizeBytes, createdAt } = await this.#own(id);
    return new Upload({ id, size: sizeBytes, offset: offsetBytes, creation_date: createdAt.toISOString() });
  }

  override async remove(id: string): Promise<void> {
    await this.#uploads.remove(this.#uploader(), await this.#own(id));
  }

  #own(id: string): Promise<FileRow> {
    return this.#uploads.own(this.#uploader(), id);
  }
}

/** In this project's form; what the protocol itself refuses keeps its status, which its clients go by. */
function toAnswer(error: unknown, logger: Pick<Logger, 'warn'>): { status_code: number; body: string } {
  const toBody = (wire: object) => JSON.stringify({ error: wire });
  if (error instanceof CodedError) return { status_code: error.httpStatus, body: toBody(error.toWire()) };
  if (isOfProtocol(error)) {
    const code = error.status_code === 413 ? 'tooLarge' : error.status_code === 409 ? 'conflict' : 'badRequest';
    return { status_code: error.status_code, body: toBody({ code, message: error.body.trim() }) };
  }
  logger.warn({ err: error }, 'A part of an upload could not be kept.');
  return { status_code: 500, body: toBody(new CodedError('internal').toWire()) };
}

function isOfProtocol(error: unknown): error is { status_code: number; body: string } {
  if (typeof error !== 'object' || error === null) return false;
  return (
    'status_code' in error && typeof error.status_code === 'number' && 'body' in error && typeof error.body === 'string'
  );
}
