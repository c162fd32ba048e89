/** The two encodings that every simulated camera offers. */
export type StreamName = 'main' | 'sub';

export interface StreamFormat {
  readonly width: number;
  readonly height: number;
  readonly kilobitsPerSecond: number;
}

export const STREAM_FORMATS: Readonly<Record<StreamName, StreamFormat>> = {
  main: { width: 1280, height: 720, kilobitsPerSecond: 2500 },
  sub: { width: 640, height: 360, kilobitsPerSecond: 600 },
};
