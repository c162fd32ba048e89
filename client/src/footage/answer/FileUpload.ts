import {
  type FootageFile,
  footageSessionHeader,
  footageUploadPath,
  largestFootageBytes,
} from '@commonsight/types/footage';
import { type DetailedError, type HttpRequest, Upload } from 'tus-js-client';
import { createStore } from 'zustand/vanilla';
import { hashFile } from './hashFile.ts';
import { answerOf, isWorthRetrying, readError, type UploadErrorCode } from './uploadErrors.ts';

/** Small enough to arrive, on a slow line, before the server gives up on one request. */
const partBytes = 512 * 1024;
/** After a broken connection it is tried again for about five minutes before somebody has to say so. */
const retryDelays = [0, 1_000, 2_000, 5_000, ...Array.from({ length: 20 }, () => 15_000)];
/** A request that takes longer is broken, whatever the network says: the server has given it up by then. */
const requestMs = 30_000;
/** The server reads a whole file back before it answers to its last part. */
const comparingMs = 10 * 60_000;

export type UploadState =
  /** Others come first. */
  | { state: 'waiting' }
  | { state: 'hashing'; doneBytes: number }
  /** With all bytes done it is being compared. */
  | { state: 'uploading'; doneBytes: number; isBroken: boolean }
  | { state: 'paused'; doneBytes: number }
  | { state: 'received' }
  | { state: 'failed'; code: UploadErrorCode; canRetry: boolean };

let made = 0;

export interface FileUploadParts {
  secret: string;
  /** What the server has of the answer by now. */
  known: () => readonly FootageFile[];
  /** The server has begun to keep it, under `id`. */
  onBegun: () => void;
  onReceived: () => void;
}

/**
 * One file on its way: its hash is computed here first, then it goes in parts. A connection that breaks is taken up again
 * where the server says that it got to; so is a file that was begun before the page was opened anew.
 */
export class FileUpload {
  /** Its own on this page. */
  readonly key: string;
  readonly file: File;
  readonly store = createStore<UploadState>()(() => ({ state: 'waiting' }));
  readonly #parts: FileUploadParts;
  readonly #abort = new AbortController();
  #upload: Upload | null = null;
  #sha256 = '';
  /** Where the server keeps it; null until it does. */
  #url: string | null = null;
  #doneBytes = 0;
  /** Once for each time that somebody says so: a server that forgets each upload at once is not filled with them. */
  #mayBeginAnew = true;

  constructor(file: File, parts: FileUploadParts) {
    made += 1;
    this.key = String(made);
    this.file = file;
    this.#parts = parts;
  }

  /** The server's id of it; null until it has begun. */
  get id(): string | null {
    return this.#url?.split('/').at(-1) ?? null;
  }

  /** Resolves when nothing is sent any more: it has arrived, failed, was paused or stopped. */
  async start(): Promise<void> {
    const { file } = this;
    if (this.#abort.signal.aborted) return;
    if (file.size === 0) return this.#fail('empty');
    if (file.size > largestFootageBytes) return this.#fail('tooLarge');
    try {
      this.#sha256 = await hashFile(file, {
        signal: this.#abort.signal,
        onProgress: (doneBytes) => this.store.setState({ state: 'hashing', doneBytes }, true),
      });
    } catch {
      // Stopped, or the file cannot be read any more: it was moved, changed or taken out.
      if (!this.#abort.signal.aborted) this.#fail('unreadable');
      return;
    }
    if (this.#abort.signal.aborted) return;
    const same = this.#parts
      .known()
      .find(({ sha256, sizeBytes }) => sha256 === this.#sha256 && sizeBytes === file.size);
    if (same !== undefined) {
      this.#url = `${footageUploadPath}/${same.id}`;
      this.#doneBytes = same.offsetBytes;
      this.#parts.onBegun();
      if (same.receivedAt !== null) return this.store.setState({ state: 'received' }, true);
    }
    this.#go();
    await this.#atRest();
  }

  pause(): void {
    if (this.store.getState().state !== 'uploading') return;
    this.store.setState({ state: 'paused', doneBytes: this.#doneBytes }, true);
    void this.#upload?.abort();
  }

  /** Goes on after a pause or a failure that may be over. */
  resume(): void {
    this.#mayBeginAnew = true;
    this.#go();
  }

  /** The line, or the person, may be back: what has given up, or waits to try again, goes on now. */
  wake(): void {
    const now = this.store.getState();
    if ((now.state === 'failed' && now.canRetry) || (now.state === 'uploading' && now.isBroken)) this.resume();
  }

  /** Stops it, and has the server forget what has arrived. */
  async remove(): Promise<void> {
    await this.close();
    const { id } = this;
    if (id !== null) await giveUpUpload(id, this.#parts.secret);
  }

  /** Stops it; what has arrived stays. Idempotent. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#upload?.abort();
  }

  /** Goes on from where the server is, or begins. */
  #go(): void {
    if (this.#abort.signal.aborted) return;
    void this.#upload?.abort();
    this.store.setState({ state: 'uploading', doneBytes: this.#doneBytes, isBroken: false }, true);
    const { file } = this;
    // A new one each time: one that has given up has no tries left.
    const upload = new Upload(file, {
      ...(this.#url === null ? { endpoint: footageUploadPath } : { uploadUrl: this.#url }),
      headers: headersOf(this.#parts.secret),
      metadata: { name: file.name, sha256: this.#sha256 },
      chunkSize: partBytes,
      retryDelays,
      // The server's own list says what was begun; nothing about it stays in this browser.
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => {
        // With it, a question where to go on that fails in any way would begin a new upload from the first byte.
        upload.options.endpoint = null;
        if (this.#url !== null) return;
        this.#url = upload.url;
        this.#parts.onBegun();
      },
      onBeforeRequest: (request) => {
        if (!this.#isSending(upload)) throw new Error('The upload was stopped.');
        this.#limitTime(request);
      },
      onShouldRetry: (error) => {
        if (!this.#isSending(upload) || !isWorthRetrying(error)) return false;
        this.#note({ isBroken: true });
        return true;
      },
      onProgress: (doneBytes) => {
        if (this.#isSending(upload)) this.#note({ doneBytes, isBroken: false });
      },
      onError: (error) => {
        if (this.#isSending(upload)) this.#end(error);
      },
      onSuccess: () => {
        if (this.#abort.signal.aborted) return;
        this.store.setState({ state: 'received' }, true);
        this.#parts.onReceived();
      },
    });
    this.#upload = upload;
    upload.start();
  }

  /** Whether an upload is the one that goes on: stopping one that is about to send something does not stop it. */
  #isSending(upload: Upload): boolean {
    const { state } = this.store.getState();
    return upload === this.#upload && state === 'uploading' && !this.#abort.signal.aborted;
  }

  #limitTime(request: HttpRequest): void {
    const xhr = request.getUnderlyingObject() as XMLHttpRequest;
    const offset = Number(request.getHeader('Upload-Offset') ?? this.#doneBytes);
    const { size } = this.file;
    const endsFile = request.getMethod() === 'PATCH' ? offset + partBytes >= size : this.#doneBytes >= size;
    xhr.timeout = endsFile ? comparingMs : requestMs;
    // The library listens to errors alone.
    xhr.addEventListener('timeout', (silence) => xhr.onerror?.(silence));
  }

  #end(error: Error | DetailedError): void {
    const { status, method } = answerOf(error);
    if (method === 'HEAD' && status === 404 && this.#mayBeginAnew) {
      // What was begun is gone: given up, or too old.
      this.#mayBeginAnew = false;
      this.#forget();
      return this.#go();
    }
    const failure = readError(error);
    // Nothing of it was kept.
    if (failure.code === 'hashMismatch') this.#forget();
    this.store.setState({ state: 'failed', ...failure }, true);
  }

  #forget(): void {
    this.#url = null;
    this.#doneBytes = 0;
  }

  #note(change: { doneBytes?: number; isBroken?: boolean }): void {
    const now = this.store.getState();
    // What arrives after a pause changes nothing.
    if (now.state !== 'uploading') return;
    this.#doneBytes = change.doneBytes ?? this.#doneBytes;
    this.store.setState({ ...now, ...change }, true);
  }

  #fail(code: UploadErrorCode): void {
    this.store.setState({ state: 'failed', code, canRetry: false }, true);
  }

  #atRest(): Promise<void> {
    const { signal } = this.#abort;
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.store.getState().state === 'uploading' && !signal.aborted) return;
        stop();
        signal.removeEventListener('abort', look);
        resolve();
      };
      const stop = this.store.subscribe(look);
      signal.addEventListener('abort', look);
      look();
    });
  }
}

/** Has the server forget what has arrived of an upload. What cannot be said to it now is seen in its list. */
export async function giveUpUpload(id: string, secret: string): Promise<void> {
  const options = { headers: headersOf(secret), retryDelays: [] };
  await Upload.terminate(`${footageUploadPath}/${id}`, options).catch(() => undefined);
}

function headersOf(secret: string): Record<string, string> {
  return { [footageSessionHeader]: secret };
}
