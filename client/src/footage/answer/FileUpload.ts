import {
  type FootageFile,
  footageSessionHeader,
  footageUploadPath,
  largestFootageBytes,
} from '@commonsight/types/footage';
import { errorBodySchema } from '@commonsight/types/errors';
import { DetailedError, Upload } from 'tus-js-client';
import { createStore } from 'zustand/vanilla';
import type { CallError } from '../../api/CallResult.ts';
import { hashFile } from './hashFile.ts';

/** Small enough to arrive, on a slow line, before the server gives up on one request. */
const partBytes = 2 * 1024 ** 2;
/** After a broken connection it is tried again for about five minutes before somebody has to say so. */
const retryDelays = [0, 1_000, 2_000, 5_000, ...Array.from({ length: 20 }, () => 15_000)];

/** What the server says, or what is known without asking it. */
export type UploadErrorCode = CallError['code'] | 'empty' | 'unreadable';

export type UploadState =
  | { state: 'hashing'; doneBytes: number }
  | { state: 'uploading'; doneBytes: number; isBroken: boolean }
  | { state: 'paused'; doneBytes: number }
  | { state: 'received' }
  | { state: 'failed'; code: UploadErrorCode; canRetry: boolean };

/**
 * One file on its way: its hash is computed here first, then it goes in parts. A connection that breaks is taken up again
 * where the server says that it got to; so is a file that was begun before the page was opened anew.
 */
export class FileUpload {
  readonly file: File;
  readonly store = createStore<UploadState>()(() => ({ state: 'hashing', doneBytes: 0 }));
  readonly #secret: string;
  readonly #known: readonly FootageFile[];
  readonly #onReceived: () => void;
  readonly #abort = new AbortController();
  #upload: Upload | null = null;

  constructor(file: File, of: { secret: string; known: readonly FootageFile[]; onReceived: () => void }) {
    this.file = file;
    this.#secret = of.secret;
    this.#known = of.known;
    this.#onReceived = of.onReceived;
  }

  async start(): Promise<void> {
    const { file } = this;
    if (file.size === 0) return this.#fail('empty');
    if (file.size > largestFootageBytes) return this.#fail('tooLarge');
    let sha256: string;
    try {
      sha256 = await hashFile(file, {
        signal: this.#abort.signal,
        onProgress: (doneBytes) => this.store.setState({ state: 'hashing', doneBytes }, true),
      });
    } catch {
      // Stopped, or the file cannot be read any more: it was moved, changed or taken out.
      if (!this.#abort.signal.aborted) this.#fail('unreadable');
      return;
    }
    const same = this.#known.find((known) => known.sha256 === sha256 && known.sizeBytes === file.size);
    if (same !== undefined && same.receivedAt !== null) return this.store.setState({ state: 'received' }, true);
    this.#go(sha256, same?.id ?? null);
  }

  pause(): void {
    const now = this.store.getState();
    if (now.state !== 'uploading' || this.#upload === null) return;
    void this.#upload.abort();
    this.store.setState({ state: 'paused', doneBytes: now.doneBytes }, true);
  }

  /** Goes on after a pause or a failure that may be over. */
  resume(): void {
    const now = this.store.getState();
    const doneBytes = now.state === 'paused' ? now.doneBytes : 0;
    this.store.setState({ state: 'uploading', doneBytes, isBroken: false }, true);
    this.#upload?.start();
  }

  /** Stops it, and has the server forget what has arrived. */
  async remove(): Promise<void> {
    await this.close();
    const url = this.#upload?.url;
    if (typeof url !== 'string') return;
    await Upload.terminate(url, { headers: this.#headers(), retryDelays: [] }).catch(() => undefined);
  }

  /** Stops it; what has arrived stays. Idempotent. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#upload?.abort();
  }

  #go(sha256: string, id: string | null): void {
    this.store.setState({ state: 'uploading', doneBytes: 0, isBroken: false }, true);
    const { file } = this;
    this.#upload = new Upload(file, {
      endpoint: footageUploadPath,
      ...(id === null ? {} : { uploadUrl: `${footageUploadPath}/${id}` }),
      headers: this.#headers(),
      metadata: { name: file.name, sha256 },
      chunkSize: partBytes,
      retryDelays,
      // The server's own list says what was begun; nothing about it stays in this browser.
      storeFingerprintForResuming: false,
      onShouldRetry: (error) => {
        const status = error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0;
        const isWorth =
          status === 0 || status === 408 || status === 409 || status === 423 || status === 429 || status >= 500;
        if (isWorth && status !== 507) this.#note({ isBroken: true });
        return isWorth && status !== 507;
      },
      onProgress: (doneBytes) => this.#note({ doneBytes, isBroken: false }),
      onError: (error) => {
        const body = error instanceof DetailedError ? error.originalResponse?.getBody() : undefined;
        this.store.setState({ state: 'failed', ...readError(body) }, true);
      },
      onSuccess: () => {
        this.store.setState({ state: 'received' }, true);
        this.#onReceived();
      },
    });
    if (this.#abort.signal.aborted) return;
    this.#upload.start();
  }

  #note(change: { doneBytes?: number; isBroken?: boolean }): void {
    const now = this.store.getState();
    // What arrives after a pause changes nothing.
    if (now.state === 'uploading') this.store.setState({ ...now, ...change }, true);
  }

  #headers(): Record<string, string> {
    return { [footageSessionHeader]: this.#secret };
  }

  #fail(code: UploadErrorCode): void {
    this.store.setState({ state: 'failed', code, canRetry: false }, true);
  }
}

function readError(body: string | undefined): { code: UploadErrorCode; canRetry: boolean } {
  try {
    const { code } = errorBodySchema.parse(JSON.parse(body ?? '')).error;
    return { code, canRetry: code === 'internal' };
  } catch {
    return { code: 'unreachable', canRetry: true };
  }
}
