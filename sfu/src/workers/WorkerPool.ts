import type { types } from 'mediasoup';
import type { Logger } from 'pino';
import { HostError } from '../errors.ts';
import { MediaWorker, type MediaWorkerSettings } from './MediaWorker.ts';

export interface WorkerPoolSettings extends MediaWorkerSettings {
  workerCount: number;
}

interface Slot {
  index: number;
  /** Undefined while its successor starts. */
  worker: MediaWorker | undefined;
  /** Of two workers with the same load the one goes first that was not chosen last. */
  chosenAt: number;
}

/** How long a request waits when every worker is gone. A successor normally takes a tenth of a second. */
const placeTimeoutMs = 3_000;
const minReopenDelayMs = 200;
const maxReopenDelayMs = 2_000;

/** The workers of this host. Owns their number: one that dies is replaced, on the same port, until the pool closes. */
export class WorkerPool {
  readonly #settings: WorkerPoolSettings;
  readonly #log: Logger;
  readonly #slots: Slot[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #reopenTimers = new Set<NodeJS.Timeout>();
  #onWorkerDied: (worker: MediaWorker) => void = () => {};
  #rtpCapabilities: types.RtpCapabilities | undefined;
  #choices = 0;
  #isClosed = false;

  /** Throws when one of the workers cannot be started, and leaves none behind. */
  static async create(settings: WorkerPoolSettings, log: Logger): Promise<WorkerPool> {
    const pool = new WorkerPool(settings, log);
    const opening = pool.#slots.map((slot) => pool.#openWorker(slot));
    const failed = (await Promise.allSettled(opening)).find((result) => result.status === 'rejected');
    if (failed) {
      await pool.close();
      throw failed.reason;
    }
    return pool;
  }

  private constructor(settings: WorkerPoolSettings, log: Logger) {
    this.#settings = settings;
    this.#log = log;
    for (let index = 0; index < settings.workerCount; index += 1) {
      this.#slots.push({ index, worker: undefined, chosenAt: 0 });
    }
  }

  /** Those that live now. */
  get workers(): MediaWorker[] {
    return this.#slots.flatMap(({ worker }) => worker ?? []);
  }

  /** What a browser may choose from; the same on every worker. Throws when there has never been one. */
  get rtpCapabilities(): types.RtpCapabilities {
    if (this.#rtpCapabilities === undefined) throw new HostError('mediaUnavailable', 'The SFU host has no worker yet.');
    return this.#rtpCapabilities;
  }

  /** One listener: it is told when everything on the worker is gone and before its successor is there. */
  set onWorkerDied(listener: (worker: MediaWorker) => void) {
    this.#onWorkerDied = listener;
  }

  /** The worker with the least to do. Waits for a successor when all are gone. */
  async place(): Promise<MediaWorker> {
    if (this.workers.length === 0) await this.#nextWorker();
    let chosen: (Slot & { worker: MediaWorker }) | undefined;
    for (const slot of this.#slots) {
      if (!hasWorker(slot)) continue;
      const less = chosen === undefined ? -1 : slot.worker.load - chosen.worker.load;
      if (chosen === undefined || less < 0 || (less === 0 && slot.chosenAt < chosen.chosenAt)) chosen = slot;
    }
    if (chosen === undefined) throw new HostError('mediaUnavailable', 'The SFU host has no worker at the moment.');
    this.#choices += 1;
    chosen.chosenAt = this.#choices;
    return chosen.worker;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#reopenTimers) clearTimeout(timer);
    for (const wake of this.#waiting) wake();
    const { workers } = this;
    for (const slot of this.#slots) slot.worker = undefined;
    await Promise.all(workers.map((worker) => worker.close()));
  }

  async #openWorker(slot: Slot): Promise<void> {
    const webRtcPort = this.#settings.webRtcPort + slot.index;
    const worker = await MediaWorker.open({ ...this.#settings, webRtcPort }, this.#log);
    if (this.#isClosed) {
      await worker.close();
      return;
    }
    slot.worker = worker;
    this.#rtpCapabilities = worker.router.rtpCapabilities;
    this.#log.info({ workerPid: worker.pid, webRtcPort }, 'worker running');
    worker.onDied(() => this.#workerDied(slot, worker));
    for (const wake of this.#waiting) wake();
  }

  #workerDied(slot: Slot, worker: MediaWorker): void {
    if (this.#isClosed) return;
    this.#log.error({ workerPid: worker.pid, webRtcPort: worker.webRtcPort }, 'worker died');
    slot.worker = undefined;
    this.#onWorkerDied(worker);
    this.#reopen(slot, minReopenDelayMs);
  }

  /** Tries at once, then with growing pauses, for as long as it takes. */
  #reopen(slot: Slot, delayMs: number): void {
    this.#openWorker(slot).catch((error: unknown) => {
      if (this.#isClosed) return;
      this.#log.warn({ err: error, retryInMs: delayMs }, 'worker not replaced yet');
      const timer = setTimeout(() => {
        this.#reopenTimers.delete(timer);
        this.#reopen(slot, Math.min(delayMs * 2, maxReopenDelayMs));
      }, delayMs);
      this.#reopenTimers.add(timer);
    });
  }

  /** Resolves when there is a worker again, or when waiting longer makes no sense. */
  #nextWorker(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(deadline);
        this.#waiting.delete(wake);
        resolve();
      };
      const deadline = setTimeout(wake, placeTimeoutMs);
      this.#waiting.add(wake);
    });
  }
}

function hasWorker(slot: Slot): slot is Slot & { worker: MediaWorker } {
  return slot.worker !== undefined;
}
