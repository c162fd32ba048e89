import { createWorker } from 'mediasoup';
import type { types } from 'mediasoup';
import { workerBinary } from './workerBinary.ts';

export interface WatchOptions {
  /** For mediasoup's createWorker. The binary is always this package's. */
  settings?: Omit<types.WorkerSettings, 'workerBin'>;
  /** How often the worker is asked for a sign of life. */
  checkIntervalMs?: number;
  /** Told before a hung worker is killed. Its `died` follows. */
  onHang?: (pid: number) => void;
}

/** A question that is still open after this many further checks belongs to a hung worker. */
const hungAfterChecks = 2;

/** How long a worker that was told to end may take before it is killed. */
const endTimeoutMs = 2_000;

/**
 * A mediasoup worker and the watch over it. A worker that hangs (a busy loop, a stopped process) keeps its sockets and
 * raises no event, so it is asked for its resource usage and killed when it does not answer: its `died` then comes like
 * any other, and its owner has one path for both.
 *
 * The deadline is counted in checks and not in time: when it is our own process that stood still, the checks stood
 * still as well, and a healthy worker is not killed for it.
 */
export class WatchedWorker {
  readonly worker: types.Worker;
  readonly #timer: NodeJS.Timeout;
  readonly #onHang: ((pid: number) => void) | undefined;
  #checksWithoutAnswer = 0;
  #isWaiting = false;

  /** Throws when the binary is missing or does not start. */
  static async open({ settings, checkIntervalMs = 1_000, onHang }: WatchOptions = {}): Promise<WatchedWorker> {
    const worker = await createWorker({ ...settings, workerBin: workerBinary() });
    return new WatchedWorker(worker, checkIntervalMs, onHang);
  }

  private constructor(worker: types.Worker, checkIntervalMs: number, onHang: ((pid: number) => void) | undefined) {
    this.worker = worker;
    this.#onHang = onHang;
    this.#timer = setInterval(() => this.#check(), checkIntervalMs);
    worker.observer.once('close', () => clearInterval(this.#timer));
  }

  get pid(): number {
    return this.worker.pid;
  }

  /** Resolves when the process is gone, which a hung one is made to. Idempotent. */
  async close(): Promise<void> {
    this.worker.close();
    if (this.worker.subprocessClosed) return;
    const ended = new Promise<void>((resolve) => this.worker.once('subprocessclose', resolve));
    const deadline = setTimeout(() => this.#kill(), endTimeoutMs);
    await ended;
    clearTimeout(deadline);
  }

  #check(): void {
    if (this.#isWaiting) {
      this.#checksWithoutAnswer += 1;
      if (this.#checksWithoutAnswer < hungAfterChecks) return;
      clearInterval(this.#timer);
      this.#onHang?.(this.pid);
      this.#kill();
      return;
    }
    this.#isWaiting = true;
    const answered = () => {
      this.#isWaiting = false;
      this.#checksWithoutAnswer = 0;
    };
    // A refusal means that the worker is closed or dead, which ends the watch by itself.
    this.worker.getResourceUsage().then(answered, answered);
  }

  /** A stopped process takes no other signal. */
  #kill(): void {
    // The pid is ours until the process is reaped, and mediasoup tells that.
    if (!this.worker.subprocessClosed) process.kill(this.pid, 'SIGKILL');
  }
}

/** Starts a mediasoup worker with this package's binary and watches it for hanging. */
export function openWatchedWorker(options?: WatchOptions): Promise<WatchedWorker> {
  return WatchedWorker.open(options);
}
