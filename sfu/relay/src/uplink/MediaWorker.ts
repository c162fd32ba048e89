import { openWatchedWorker, type WatchedWorker } from '@commonsight/worker/watched-worker';
import type { types } from 'mediasoup';
import type { Logger } from 'pino';
import { routerCodecs } from './mediaFormat.ts';

const firstRetryMs = 200;
const longestRetryMs = 5_000;

interface Running {
  readonly watched: WatchedWorker;
  readonly router: types.Router;
}

/**
 * The relay's mediasoup worker and its one router. When the worker dies or hangs, everything that was made on it is
 * gone; its users are told, and a new worker is there for those who ask next.
 */
export class MediaWorker {
  readonly #log: Logger;
  readonly #onDied: () => void;
  #running: Promise<Running>;
  #isClosed = false;

  /** Throws when there is no worker to start. */
  static async open(options: { log: Logger; onDied: () => void }): Promise<MediaWorker> {
    const worker = new MediaWorker(options);
    await worker.#running;
    return worker;
  }

  private constructor({ log, onDied }: { log: Logger; onDied: () => void }) {
    this.#log = log;
    this.#onDied = onDied;
    this.#running = this.#start();
  }

  /** The router of now. After a death it waits for the next worker. */
  async router(): Promise<types.Router> {
    const { router } = await this.#running;
    return router;
  }

  /** The worker's process, for who has to end it in a test. */
  async pid(): Promise<number> {
    const { watched } = await this.#running;
    return watched.pid;
  }

  /** Its process and the seconds of processor time that it has taken. */
  async usage(): Promise<{ pid: number; busySeconds: number }> {
    const { watched } = await this.#running;
    const { ru_utime: userMs, ru_stime: systemMs } = await watched.worker.getResourceUsage();
    return { pid: watched.pid, busySeconds: (userMs + systemMs) / 1_000 };
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const running = await this.#running.catch(() => undefined);
    await running?.watched.close();
  }

  async #start(): Promise<Running> {
    const watched = await openWatchedWorker({
      settings: { logLevel: 'error' },
      onHang: (pid) => this.#log.error({ pid }, 'worker hangs and is killed'),
    });
    const { worker } = watched;
    worker.on('died', () => this.#handleDied(watched.pid));
    const router = await worker.createRouter({ mediaCodecs: routerCodecs });
    this.#log.info({ pid: watched.pid }, 'worker started');
    return { watched, router };
  }

  #handleDied(pid: number): void {
    if (this.#isClosed) return;
    this.#log.error({ pid }, 'worker died');
    this.#running = this.#startUntilItRuns();
    this.#onDied();
  }

  async #startUntilItRuns(): Promise<Running> {
    for (let delayMs = firstRetryMs; ; delayMs = Math.min(longestRetryMs, delayMs * 2)) {
      try {
        return await this.#start();
      } catch (error) {
        this.#log.error({ err: error }, 'worker does not start, will be tried again');
        if (this.#isClosed) throw error;
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
  }
}
