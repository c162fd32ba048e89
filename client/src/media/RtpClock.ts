const ticksPerMs = 90;
const wrap = 2 ** 32;

/** How far apart two RTP timestamps are in ticks, the short way round the 32 bits. */
export function rtpDifference(later: number, earlier: number): number {
  const difference = (later - earlier) % wrap;
  if (difference >= wrap / 2) return difference - wrap;
  if (difference < -wrap / 2) return difference + wrap;
  return difference;
}

/**
 * When the frames of one video stream reached the relay, in the server's time: `stream:clock` anchors one RTP timestamp,
 * and the others follow from the 90 kHz clock.
 */
export class RtpClock {
  #anchor: { rtpTimestamp: number; receivedAtMs: number } | null = null;

  anchor(rtpTimestamp: number, receivedAtMs: number): void {
    this.#anchor = { rtpTimestamp, receivedAtMs };
  }

  /** Null before the first anchor. */
  receivedAtMs(rtpTimestamp: number): number | null {
    if (this.#anchor === null) return null;
    return this.#anchor.receivedAtMs + rtpDifference(rtpTimestamp, this.#anchor.rtpTimestamp) / ticksPerMs;
  }
}
