import type { PacketListener } from './CameraMedia.ts';

/** A picture of a camera has tens of packets; what is missing after so many of the next is lost. */
const maxHeld = 32;
const maxWaitMs = 40;
/** A number that is so far back is not a late packet but a camera that began again. */
const maxLateness = 1_000;

interface Held {
  readonly packet: Buffer;
  readonly arrivedAtMs: number;
}

/**
 * Puts UDP packets back into the order of their sequence numbers. Packets in order pass at once; behind a gap they wait
 * a little for the missing one. What comes too late or twice is dropped.
 */
export class ReorderWindow {
  readonly #deliver: PacketListener;
  readonly #held = new Map<number, Held>();
  #expected: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(deliver: PacketListener) {
    this.#deliver = deliver;
  }

  /** The packet is kept when it has to wait, so its bytes must stay as they are. */
  take(packet: Buffer, arrivedAtMs: number): void {
    if (packet.length < 4) return;
    const sequenceNumber = packet.readUInt16BE(2);
    const ahead = this.#expected === undefined ? 0 : (sequenceNumber - this.#expected) & 0xffff;
    if (ahead === 0) {
      this.#pass(sequenceNumber, { packet, arrivedAtMs });
      if (this.#held.size > 0) this.#passFollowing();
      return;
    }
    if (ahead > 0xffff - maxLateness) return;
    if (ahead > maxLateness) {
      this.#release();
      this.#pass(sequenceNumber, { packet, arrivedAtMs });
      return;
    }
    this.#held.set(sequenceNumber, { packet, arrivedAtMs });
    if (this.#held.size > maxHeld) this.#giveUpFirstGap();
    else this.#timer ??= setTimeout(() => this.#handleWaited(), maxWaitMs);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#held.clear();
  }

  #pass(sequenceNumber: number, { packet, arrivedAtMs }: Held): void {
    this.#expected = (sequenceNumber + 1) & 0xffff;
    this.#deliver(packet, 0, packet.length, arrivedAtMs);
  }

  #passFollowing(): void {
    for (;;) {
      const next = this.#expected as number;
      const held = this.#held.get(next);
      if (held === undefined) break;
      this.#held.delete(next);
      this.#pass(next, held);
    }
    if (this.#held.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #giveUpFirstGap(): void {
    const expected = this.#expected as number;
    let nearest = 0xffff;
    for (const sequenceNumber of this.#held.keys()) nearest = Math.min(nearest, (sequenceNumber - expected) & 0xffff);
    this.#expected = (expected + nearest) & 0xffff;
    this.#passFollowing();
  }

  #handleWaited(): void {
    this.#timer = undefined;
    if (this.#held.size === 0) return;
    this.#giveUpFirstGap();
    if (this.#held.size > 0) this.#timer = setTimeout(() => this.#handleWaited(), maxWaitMs);
  }

  /** Passes on everything that waits, in order. */
  #release(): void {
    while (this.#held.size > 0) this.#giveUpFirstGap();
  }
}
