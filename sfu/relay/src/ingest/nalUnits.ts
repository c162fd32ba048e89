import { BitReader, withoutEmulationPrevention } from './BitReader.ts';

/** NAL unit types of ITU-T H.264, table 7-1, and of RFC 6184, table 1. */
export const nal = {
  slice: 1,
  idr: 5,
  sei: 6,
  sps: 7,
  pps: 8,
  delimiter: 9,
  stapA: 24,
  fuA: 28,
} as const;

/** Which of them a NAL unit is. */
export function typeOf(unit: Buffer): number {
  return (unit[0] as number) & 0x1f;
}

const sliceHeaderBytes = 16;

export interface SliceStart {
  /** Whether it is the first slice of its picture. */
  readonly isFirst: boolean;
  readonly isB: boolean;
}

/** The beginning of a slice header at `bytes[start .. end]`, behind the NAL unit's own first byte. */
export function readSliceStart(bytes: Buffer, start: number, end: number): SliceStart {
  const head = bytes.subarray(start, Math.min(end, start + sliceHeaderBytes));
  const reader = new BitReader(withoutEmulationPrevention(head));
  const firstMacroblock = reader.unsigned();
  const type = reader.unsigned() % 5;
  return { isFirst: firstMacroblock === 0, isB: type === 1 && !reader.isExhausted };
}

/**
 * Where the NAL units of a row with start codes begin and end; one that has none is one unit. Some cameras put start
 * codes into packets, where none belong.
 */
export function splitAtStartCodes(bytes: Buffer, start: number, end: number): [start: number, end: number][] {
  const units: [number, number][] = [];
  let unitStart = start;
  for (let at = start; at + 3 <= end; at += 1) {
    const isStartCode = bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1;
    if (!isStartCode) continue;
    addUnit(units, bytes, unitStart, at);
    unitStart = at + 3;
    at += 2;
  }
  addUnit(units, bytes, unitStart, end);
  return units;
}

/** The zeros before a start code belong to it, and no NAL unit ends with one. */
function addUnit(units: [number, number][], bytes: Buffer, start: number, end: number): void {
  let last = end;
  while (last > start && bytes[last - 1] === 0) last -= 1;
  if (last > start) units.push([start, last]);
}
