const ticksPerMs = 90;
const wrap = 2 ** 32;
/** No packet is noticed this late; a difference like that is another count. */
const newCountMs = 2_000;

/** How far apart two RTP timestamps are in ticks, the short way round the 32 bits. */
export function rtpDifference(later: number, earlier: number): number {
  const difference = (later - earlier) % wrap;
  if (difference >= wrap / 2) return difference - wrap;
  if (difference < -wrap / 2) return difference + wrap;
  return difference;
}

/** How many anchors are compared. More would carry a camera's drifting clock along for longer. */
const anchorsKept = 8;

interface Anchor {
  rtpTimestamp: number;
  receivedAtMs: number;
}

/**
 * When the frames of one video stream reached the relay, in the server's time: each `stream:clock` anchors one RTP
 * timestamp, and the others follow from the 90 kHz clock. Of the last anchors the earliest is believed: a packet is
 * noticed late when its process is busy, and never early.
 */
export class RtpClock {
  #anchors: Anchor[] = [];
  #earliest: Anchor | null = null;

  anchor(rtpTimestamp: number, receivedAtMs: number): void {
    const anchor = { rtpTimestamp, receivedAtMs };
    const expectedAtMs = this.receivedAtMs(rtpTimestamp);
    // A stream that begins anew counts from somewhere else: what was known of it says nothing any more.
    const isSameCount = expectedAtMs !== null && Math.abs(receivedAtMs - expectedAtMs) < newCountMs;
    this.#anchors = isSameCount ? [...this.#anchors, anchor].slice(-anchorsKept) : [anchor];
    this.#earliest = this.#anchors.reduce((best, other) => (lateness(other, best) < 0 ? other : best), anchor);
  }

  /** Null before the first anchor. */
  receivedAtMs(rtpTimestamp: number): number | null {
    if (this.#earliest === null) return null;
    return this.#earliest.receivedAtMs + rtpDifference(rtpTimestamp, this.#earliest.rtpTimestamp) / ticksPerMs;
  }
}

/** How much later one anchor was noticed than it should have been after the other, in milliseconds. */
function lateness(anchor: Anchor, other: Anchor): number {
  const elapsedMs = rtpDifference(anchor.rtpTimestamp, other.rtpTimestamp) / ticksPerMs;
  return anchor.receivedAtMs - other.receivedAtMs - elapsedMs;
}
