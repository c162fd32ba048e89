import type { CameraError } from '../rtsp/CameraError.ts';
import type { PictureSize } from './readSps.ts';

/** What a running pull has seen so far. */
export interface SourceMeasure {
  readonly packets: number;
  /** What has gone out, in packets, or in pictures where they are masked: only whether it grows says something. */
  readonly sent: number;
  /** Pictures that began, sent on or not. */
  readonly pictures: number;
  readonly isWaitingForKeyFrame: boolean;
  /** A key frame is here and nothing has gone out yet because of the masking, which fails by itself when that takes too long. */
  readonly isMaskingStarting: boolean;
  readonly hasBFrames: boolean;
  readonly size: PictureSize | undefined;
}

/** One pull of a camera's stream. It just fails: the supervisor makes the next one. */
export interface IngestSource {
  measure(): SourceMeasure;
  requestKeyFrame(): void;
  close(): Promise<void>;
}

export interface SourceOptions {
  /** Ends the source, also while it is being opened. */
  readonly signal: AbortSignal;
  /** Told once, when the source ends after it was open and without `close()`. */
  readonly onLost: (error: CameraError) => void;
}

export type OpenSource = (options: SourceOptions) => Promise<IngestSource>;
