import { BitReader, withoutEmulationPrevention } from './BitReader.ts';
import { nal, splitAtStartCodes } from './nalUnits.ts';
import { type PictureSize, readSps } from './readSps.ts';

/** Real ones have 10 to 100 bytes. */
const maxBytes = 500;
const maxSets = 4;

/**
 * The parameter sets of a stream, from the SDP and from the packets, where the newest count. Decoders need them before
 * each key frame, and cameras send them when they like.
 */
export class ParameterSets {
  /** By their own id. */
  readonly #sequence = new Map<number, Buffer>();
  readonly #picture = new Map<number, Buffer>();
  #units: readonly Buffer[] | undefined;
  #size: PictureSize | undefined;

  /** Takes a NAL unit, which may stand behind a start code. What is no parameter set is passed over. */
  remember(bytes: Buffer, start: number = 0, end: number = bytes.length): void {
    for (const [unitStart, unitEnd] of splitAtStartCodes(bytes, start, end)) this.#take(bytes, unitStart, unitEnd);
  }

  /** SPS and PPS in the order in which a decoder wants them; undefined while one is missing. */
  get units(): readonly Buffer[] | undefined {
    if (this.#units !== undefined) return this.#units;
    if (this.#sequence.size === 0 || this.#picture.size === 0) return undefined;
    this.#units = [...this.#sequence.values(), ...this.#picture.values()];
    return this.#units;
  }

  get size(): PictureSize | undefined {
    return this.#size;
  }

  #take(bytes: Buffer, start: number, end: number): void {
    const type = (bytes[start] as number) & 0x1f;
    if (end - start < 3 || end - start > maxBytes) return;
    if (type === nal.sps) this.#takeSequence(bytes.subarray(start, end));
    if (type === nal.pps) this.#takePicture(bytes.subarray(start, end));
  }

  #takeSequence(unit: Buffer): void {
    const reader = new BitReader(withoutEmulationPrevention(unit.subarray(1, 12)));
    reader.bits(24);
    if (this.#replace(this.#sequence, reader.unsigned(), unit)) this.#size = readSps(unit) ?? this.#size;
  }

  #takePicture(unit: Buffer): void {
    const reader = new BitReader(withoutEmulationPrevention(unit.subarray(1, 8)));
    this.#replace(this.#picture, reader.unsigned(), unit);
  }

  /** False when it was known. The bytes are copied, for they stand only during the call. */
  #replace(sets: Map<number, Buffer>, id: number, unit: Buffer): boolean {
    if (sets.get(id)?.equals(unit) === true) return false;
    if (!sets.has(id) && sets.size === maxSets) sets.clear();
    sets.set(id, Buffer.from(unit));
    this.#units = undefined;
    return true;
  }
}
