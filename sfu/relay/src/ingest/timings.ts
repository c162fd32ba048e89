import type { RetryTimings } from '../retry/RetrySupervisor.ts';

export interface IngestTimings extends RetryTimings {
  /** For the connection to a camera and for each of its answers. */
  readonly answerTimeoutMs: number;
  /** Without a packet for so long a stream is stale. A camera with few frames a second gets three intervals. */
  readonly staleAfterMs: number;
  /** Without a packet for so long it is given up and connected again. */
  readonly silentAfterMs: number;
  /** Cameras send a key frame every 4 to 20 s at worst. */
  readonly keyFrameTimeoutMs: number;
  readonly checkIntervalMs: number;
}

export const ingestTimings: IngestTimings = {
  answerTimeoutMs: 5_000,
  staleAfterMs: 1_200,
  silentAfterMs: 5_000,
  keyFrameTimeoutMs: 30_000,
  checkIntervalMs: 200,
  firstRetryMs: 500,
  longestRetryMs: 10_000,
  longestPasswordRetryMs: 60_000,
  stableAfterMs: 10_000,
};
