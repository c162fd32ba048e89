import type { StreamHealth } from '@commonsight/types/health';
import type { Logger } from 'pino';
import { RetrySupervisor } from '../retry/RetrySupervisor.ts';
import { CameraError, toCameraError } from '../rtsp/CameraError.ts';
import type { IngestSource, OpenSource } from './IngestSource.ts';
import { type IngestState, toHealth } from './IngestState.ts';
import { SourceWatch } from './SourceWatch.ts';
import type { IngestTimings } from './timings.ts';

export interface IngestSupervisorOptions {
  readonly openSource: OpenSource;
  readonly onHealth: (health: StreamHealth) => void;
  readonly timings: IngestTimings;
  readonly log: Pick<Logger, 'info' | 'warn' | 'debug'>;
  /** 0 to 1; spreads the retries of many cameras that failed together. */
  readonly random?: () => number;
}

/** Keeps one stream of a camera running: opens a source, watches it, and says how it is. */
export class IngestSupervisor {
  readonly #options: IngestSupervisorOptions;
  readonly #retry: RetrySupervisor;
  #state: IngestState = { name: 'connecting', sinceMs: Date.now(), failure: undefined };
  #source: IngestSource | undefined;

  constructor(options: IngestSupervisorOptions) {
    this.#options = options;
    this.#retry = new RetrySupervisor({
      timings: options.timings,
      log: options.log,
      random: options.random,
      attempt: ({ signal, startedAtMs, failure }) => {
        this.#enter({ name: 'connecting', sinceMs: startedAtMs, failure });
        return this.#pull(signal);
      },
      onWaiting: (failure, retryAtMs) => this.#enter({ name: 'waitingToRetry', failure, retryAtMs }),
    });
  }

  get health(): StreamHealth {
    return toHealth(this.#state);
  }

  start(): void {
    this.#retry.start();
  }

  requestKeyFrame(): void {
    this.#source?.requestKeyFrame();
  }

  /** Ends the pull of now, from which not one packet more is taken, and begins the next at once. It is no failure. */
  reopen(): void {
    this.#retry.reopen();
  }

  /** Resolves when the camera was told. Idempotent. */
  async close(): Promise<void> {
    await this.#retry.close();
    this.#state = { name: 'closed' };
  }

  /** One source from opening to its end, which is always a failure unless we are closed. */
  async #pull(signal: AbortSignal): Promise<{ error: CameraError; wellMs: number }> {
    // By the monotonic clock: one on the wall that is set changes no pause.
    let liveSinceMs: number | undefined;
    const { promise: lost, resolve: lose } = Promise.withResolvers<CameraError>();
    const abort = () => lose(new CameraError('connectionLost'));
    signal.addEventListener('abort', abort, { once: true });
    let timer: NodeJS.Timeout | undefined;
    try {
      const source = await this.#options.openSource({ signal, onLost: lose });
      this.#source = source;
      const watch = new SourceWatch(this.#options.timings, this.#state, Date.now());
      const check = () => {
        try {
          const state = watch.check(source.measure(), Date.now());
          if (state.name === 'live' || state.name === 'degraded') liveSinceMs ??= performance.now();
          this.#enter(state);
        } catch (error) {
          lose(toCameraError(error));
        }
      };
      timer = setInterval(check, this.#options.timings.checkIntervalMs);
      const error = await lost;
      return { error, wellMs: liveSinceMs === undefined ? 0 : performance.now() - liveSinceMs };
    } catch (error) {
      return { error: toCameraError(error), wellMs: 0 };
    } finally {
      clearInterval(timer);
      signal.removeEventListener('abort', abort);
      const source = this.#source;
      this.#source = undefined;
      await source?.close();
    }
  }

  #enter(state: IngestState): void {
    if (state === this.#state || this.#retry.isClosed) return;
    const before = this.#state.name;
    this.#state = state;
    if (state.name === 'live' && before !== 'live') this.#options.log.info({ ...state.size }, 'stream is live');
    if (state.name === 'stale') this.#options.log.warn('stream is stale');
    this.#options.onHealth(toHealth(state));
  }
}
