import type { VideoPool } from './VideoPool.ts';

/** What a player shows: one track, under a name that says which viewing it belongs to. */
export interface PlayerSource {
  key: string;
  track: MediaStreamTrack;
}

export interface TilePlayerListener {
  /** A frame was presented: the first of a source, then four a second. `expectedDisplayTimeMs` is on the `performance.now()` clock. */
  onFrame: (key: string, expectedDisplayTimeMs: number, rtpTimestamp: number | null) => void;
  /** The picture of another source is on the tile now; the old one is needed no more. */
  onSwapped: () => void;
}

interface Part {
  source: PlayerSource;
  video: HTMLVideoElement;
  frameRequest: number;
  /** Until when no frame is looked at. */
  frameTimer: number | undefined;
  /** When its last frame was presented, on the `performance.now()` clock. */
  frameAtMs: number | null;
}

/**
 * Being told of a frame costs the page a turn of its own: for each frame of nine tiles, a quarter of a core. A picture
 * is stale after two seconds, and its delay is one number a second, so that some frames a second say as much.
 */
const lookEveryMs = 250;

/** `rtpTimestamp` is Chromium's; the standard's type does not have it for every browser. */
type FrameMetadata = VideoFrameCallbackMetadata & { rtpTimestamp?: number };

/**
 * The picture of one tile. Going to another source keeps the old picture until the new one has its first frame: the new
 * video waits below the old one.
 */
export class TilePlayer {
  readonly #pool: VideoPool;
  readonly #listener: TilePlayerListener;
  #container: HTMLElement | null = null;
  #active: Part | null = null;
  #next: Part | null = null;

  constructor(pool: VideoPool, listener: TilePlayerListener) {
    this.#pool = pool;
    this.#listener = listener;
  }

  /** The source whose picture stands on the tile. */
  get activeKey(): string | null {
    return this.#active?.source.key ?? null;
  }

  get nextKey(): string | null {
    return this.#next?.source.key ?? null;
  }

  /** When the picture on the tile was presented, on the `performance.now()` clock; null when there is none. */
  get frameAtMs(): number | null {
    return this.#active?.frameAtMs ?? null;
  }

  get hasPicture(): boolean {
    return this.frameAtMs !== null;
  }

  /** Puts the picture into an element of the page; null takes it out. */
  mount(container: HTMLElement | null): void {
    this.#container = container;
    // In this order the first video in the document is always the one that is seen.
    for (const part of [this.#active, this.#next]) {
      if (part === null) continue;
      if (container === null) part.video.remove();
      else place(container, part, part === this.#active);
    }
  }

  /** Goes to a source. The same track again changes nothing. */
  show(source: PlayerSource): void {
    if (this.#active?.source.track === source.track) {
      this.#active.source = source;
      this.#drop(this.#next);
      this.#next = null;
      return;
    }
    if (this.#next?.source.track === source.track) {
      this.#next.source = source;
      return;
    }
    this.#drop(this.#next);
    this.#next = null;
    const part: Part = { source, video: this.#pool.take(), frameRequest: 0, frameTimer: undefined, frameAtMs: null };
    if (this.hasPicture) {
      this.#next = part;
    } else {
      this.#drop(this.#active);
      this.#active = part;
    }
    this.#play(part);
  }

  /** Takes the picture off the tile, at once. */
  clear(): void {
    this.#drop(this.#next);
    this.#drop(this.#active);
    this.#next = null;
    this.#active = null;
  }

  close(): void {
    this.clear();
    this.#container = null;
  }

  #play(part: Part): void {
    part.video.className = 'absolute inset-0 size-full object-contain';
    part.video.srcObject = new MediaStream([part.source.track]);
    if (this.#container !== null) place(this.#container, part, part === this.#active);
    this.#awaitFrame(part);
  }

  #awaitFrame(part: Part): void {
    part.frameRequest = part.video.requestVideoFrameCallback((_nowMs, metadata: FrameMetadata) => {
      part.frameAtMs = performance.now();
      if (part === this.#next) this.#swap(part);
      this.#listener.onFrame(part.source.key, metadata.expectedDisplayTime, metadata.rtpTimestamp ?? null);
      part.frameTimer = window.setTimeout(() => this.#awaitFrame(part), untilNextLookMs());
    });
  }

  #swap(next: Part): void {
    this.#drop(this.#active);
    this.#active = next;
    this.#next = null;
    next.video.style.zIndex = '1';
    this.#listener.onSwapped();
  }

  #drop(part: Part | null): void {
    if (part === null) return;
    window.clearTimeout(part.frameTimer);
    part.video.cancelVideoFrameCallback(part.frameRequest);
    this.#pool.give(part.video);
  }
}

/** All tiles look at their frames in the same moments, and the page rests in between. */
function untilNextLookMs(): number {
  return lookEveryMs - (performance.now() % lookEveryMs);
}

/** Puts a video into the page. What waits is below what is seen, though it comes later in the document. */
function place(container: HTMLElement, part: Part, isSeen: boolean): void {
  part.video.style.zIndex = isSeen ? '1' : '0';
  container.append(part.video);
  // A video that was outside of the document does not go on by itself.
  void part.video.play().catch(() => undefined);
}
