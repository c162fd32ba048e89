// Bit fields of H264 syntax: u(n), ue(v), se(v). Both ends work on payloads without emulation prevention (see escape.ts).

export class BitReader {
  readonly #bytes: Uint8Array;
  /** Position of the next bit. */
  position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  bit(): number {
    const bit = ((this.#bytes[this.position >> 3] ?? 0) >> (7 - (this.position & 7))) & 1;
    this.position += 1;
    return bit;
  }

  bits(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left -= 1) value = value * 2 + this.bit();
    return value;
  }

  ue(): number {
    let zeros = 0;
    while (this.bit() === 0) {
      zeros += 1;
      if (zeros > 31) throw new Error('The H264 payload holds no valid number where one must be.');
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  se(): number {
    const code = this.ue();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

export class BitWriter {
  readonly #bytes: number[] = [];
  #bitCount = 0;

  get isAligned(): boolean {
    return (this.#bitCount & 7) === 0;
  }

  bit(bit: number): void {
    if (this.isAligned) this.#bytes.push(0);
    const last = this.#bytes.length - 1;
    this.#bytes[last] = (this.#bytes[last] ?? 0) | (bit << (7 - (this.#bitCount & 7)));
    this.#bitCount += 1;
  }

  bits(value: number, count: number): void {
    for (let shift = count - 1; shift >= 0; shift -= 1) this.bit(Math.floor(value / 2 ** shift) & 1);
  }

  ue(value: number): void {
    const length = 32 - Math.clz32(value + 1);
    this.bits(0, length - 1);
    this.bits(value + 1, length);
  }

  se(value: number): void {
    this.ue(value > 0 ? value * 2 - 1 : -value * 2);
  }

  /** Whole bytes; the position must be aligned. */
  bytes(bytes: Iterable<number>): void {
    for (const byte of bytes) this.#bytes.push(byte);
    this.#bitCount = this.#bytes.length * 8;
  }

  alignWithZeros(): void {
    while (!this.isAligned) this.bit(0);
  }

  /** Everything written, closed with the stop bit that ends each H264 payload. */
  finish(): Uint8Array {
    this.bit(1);
    this.alignWithZeros();
    return Uint8Array.from(this.#bytes);
  }
}

/** Copies the bits from `from` to the payload's stop bit, which the writer's `finish` writes anew. */
export function copyToEnd(payload: Uint8Array, from: number, writer: BitWriter): void {
  let last = payload.length - 1;
  while (last > 0 && payload[last] === 0) last -= 1;
  const lowestOne = 31 - Math.clz32((payload[last] ?? 0) & -(payload[last] ?? 0));
  const stopBit = last * 8 + 7 - lowestOne;
  copyBits(payload, from, stopBit, writer);
}

export function copyBits(payload: Uint8Array, from: number, to: number, writer: BitWriter): void {
  const reader = new BitReader(payload);
  reader.position = from;
  while (reader.position + 8 <= to) writer.bits(reader.bits(8), 8);
  while (reader.position < to) writer.bit(reader.bit());
}
