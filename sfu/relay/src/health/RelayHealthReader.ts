import { availableParallelism, freemem, loadavg, totalmem } from 'node:os';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { LinkHandlers } from '@commonsight/types/answer';
import { mostRelayCameras, type RelayCamera, type RelayHealth } from '@commonsight/types/relay/relay-health';
import type { UploadState } from '@commonsight/types/relay/upload';
import type { RelayRequests } from '@commonsight/types/relay/relay-link';
import type { StreamKind } from '@commonsight/types/stream-kind';
import { marksOf } from '../cameras/marks.ts';
import { listCameras } from '../cameras/readCamera.ts';
import { toCameraError } from '../rtsp/CameraError.ts';
import type { CameraCheck } from './CameraChecks.ts';

/** A stream whose packets leave. */
interface SendingStream {
  readonly identity: { readonly streamId: string; readonly cameraId: string; readonly kind: StreamKind };
}

export interface RelayHealthOptions {
  readonly folder: string;
  readonly checkOf: (cameraId: string) => CameraCheck | undefined;
  readonly awaitsOwner: (cameraId: string) => boolean;
  /** Undefined for a camera of which no input begins an alert. */
  readonly alertInputOf: (cameraId: string) => RelayCamera['alertInput'];
  readonly running: () => readonly SendingStream[];
  readonly upload: {
    readonly state: UploadState;
    /** Kilobits a second of a stream, as the sum of the upload counts it. */
    rateOf(streamId: string): number;
  };
  /** Processor time in seconds, user and system, that the media worker has taken, and its pid; undefined while there is none. */
  readonly worker: () => Promise<{ busySeconds: number; pid: number } | undefined>;
}

type WorkerUsage = Awaited<ReturnType<RelayHealthOptions['worker']>>;

interface Sample {
  readonly atMs: number;
  /** Of this process without its worker. */
  readonly busySeconds: number;
  readonly worker: WorkerUsage;
}

const sampleIntervalMs = 5_000;
/** Two that lie closer say nothing, as after a pause in which timers could not run. */
const shortestSampleMs = 1_000;
/** One that hangs is killed by its watch; the rest of the health does not wait for that. */
const workerAnswerMs = 1_000;
/** A camera has `main` and `sub`. */
const mostStreams = 2;
const megabyte = 1_048_576;

/** What the relay tells of itself, its machine and its cameras. */
export class RelayHealthReader {
  readonly #options: RelayHealthOptions;
  readonly #startedAt = new Date().toISOString();
  readonly #timer: NodeJS.Timeout;
  #before: Sample | undefined;
  #last: Sample | undefined;
  #isSampling = false;

  constructor(options: RelayHealthOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#sample(), sampleIntervalMs);
    void this.#sample();
  }

  readonly handlers: Pick<LinkHandlers<RelayRequests>, 'relay:readHealth'> = {
    'relay:readHealth': () => this.#read(),
  };

  close(): void {
    clearInterval(this.#timer);
  }

  async #sample(): Promise<void> {
    const isTooSoon = this.#last !== undefined && performance.now() - this.#last.atMs < shortestSampleMs;
    if (this.#isSampling || isTooSoon) return;
    this.#isSampling = true;
    try {
      const worker = await this.#worker();
      const own = process.cpuUsage();
      this.#before = this.#last;
      this.#last = { atMs: performance.now(), busySeconds: (own.user + own.system) / 1e6, worker };
    } finally {
      this.#isSampling = false;
    }
  }

  /** Undefined while there is none, or while it does not answer. */
  #worker(): Promise<WorkerUsage> {
    const late = wait(workerAnswerMs, undefined, { ref: false });
    return Promise.race([this.#options.worker().catch(() => undefined), late]);
  }

  async #read(): Promise<RelayHealth> {
    let entries: Record<string, unknown> = {};
    let camerasFault: string | null = null;
    try {
      entries = await listCameras(this.#options.folder);
    } catch (error) {
      camerasFault = toCameraError(error).message;
    }
    const worker = await this.#worker();
    const workerMemory = worker === undefined ? 0 : await residentMegabytes(worker.pid);
    return {
      at: new Date().toISOString(),
      startedAt: this.#startedAt,
      process: {
        busyCores: this.#busyCores(),
        memoryMegabytes: Math.round(process.memoryUsage.rss() / megabyte + workerMemory),
      },
      machine: {
        cores: availableParallelism(),
        load: round(loadavg()[0] ?? 0),
        memoryMegabytes: Math.round(totalmem() / megabyte),
        freeMemoryMegabytes: Math.round((await availableMemory()) / megabyte),
      },
      camerasFault,
      cameras: Object.entries(entries)
        .slice(0, mostRelayCameras)
        .map(([cameraId, entry]) => this.#camera(cameraId, entry)),
      upload: this.#options.upload.state,
    };
  }

  #camera(cameraId: string, entry: unknown): RelayCamera {
    const { streams, tested } = marksOf(entry);
    const { checkOf, awaitsOwner, alertInputOf, running, upload } = this.#options;
    const alertInput = alertInputOf(cameraId);
    return {
      cameraId,
      awaitsOwner: awaitsOwner(cameraId),
      streams,
      tested: { ...tested },
      check: checkOf(cameraId) ?? null,
      ...(alertInput === undefined ? {} : { alertInput }),
      sending: running()
        .filter(({ identity }) => identity.cameraId === cameraId)
        .map(({ identity }) => ({
          kind: identity.kind,
          kilobitsPerSecond: Math.round(upload.rateOf(identity.streamId)),
        }))
        .slice(0, mostStreams),
    };
  }

  #busyCores(): number {
    const [before, last] = [this.#before, this.#last];
    if (before === undefined || last === undefined) return 0;
    const [workerBefore, worker] = [before.worker, last.worker];
    // A media worker that has died takes its time with it, and another one begins at nothing.
    const ofWorker =
      worker?.pid === workerBefore?.pid ? (worker?.busySeconds ?? 0) - (workerBefore?.busySeconds ?? 0) : 0;
    const busySeconds = last.busySeconds - before.busySeconds + ofWorker;
    return round(Math.max(0, busySeconds) / ((last.atMs - before.atMs) / 1_000));
  }
}

/** 0 where the system does not tell. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024;
}

/** What could be had, and not what lies idle: a Linux machine uses all that it has for files. */
async function availableMemory(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kilobytes = /MemAvailable:\s+(\d+) kB/.exec(text)?.[1];
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1_024;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
