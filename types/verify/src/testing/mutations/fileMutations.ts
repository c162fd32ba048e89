import { concatBytes } from '../../bytes/bytes.ts';
import { below, type Random } from '../random.ts';

/** What happens to a file on its way: nobody seals it again. Some leave it as it is by chance. */
export const fileMutations = {
  flippedBit: (file, random) => withByte(file, below(file.length, random), (byte) => byte ^ (1 << below(8, random))),
  otherByte: (file, random) => withByte(file, below(file.length, random), () => below(256, random)),
  droppedByte: (file, random) => spliced(file, below(file.length, random), 1),
  insertedByte: (file, random) => spliced(file, below(file.length + 1, random), 0, Uint8Array.of(below(256, random))),
  doubledByte: (file, random) => {
    const at = below(file.length, random);
    return spliced(file, at, 0, file.subarray(at, at + 1));
  },
  swappedBytes: (file, random) => {
    const at = below(file.length - 1, random);
    return spliced(file, at, 2, file.slice(at, at + 2).toReversed());
  },
  truncated: (file, random) => file.subarray(0, below(file.length, random)),
  droppedLine: (file, random) => changedLines(file, (lines) => lines.toSpliced(below(lines.length, random), 1)),
  doubledLine: (file, random) =>
    changedLines(file, (lines) => {
      const at = below(lines.length, random);
      return lines.toSpliced(at, 0, ...lines.slice(at, at + 1));
    }),
  swappedLines: (file, random) =>
    changedLines(file, (lines) => {
      const [one, other] = [below(lines.length, random), below(lines.length, random)];
      return lines.map((line, at) => (at === one ? lines[other] : at === other ? lines[one] : line) ?? line);
    }),
  movedLine: (file, random) =>
    changedLines(file, (lines) => {
      const from = below(lines.length, random);
      return lines.toSpliced(from, 1).toSpliced(below(lines.length, random), 0, ...lines.slice(from, from + 1));
    }),
  reorderedLines: (file, random) =>
    changedLines(file, (lines) => {
      const start = below(lines.length, random);
      const end = start + 2 + below(20, random);
      return [...lines.slice(0, start), ...lines.slice(start, end).toReversed(), ...lines.slice(end)];
    }),
} satisfies Record<string, (file: Uint8Array, random: Random) => Uint8Array>;

function withByte(file: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  return file.with(at, change(file[at] ?? 0));
}

function spliced(file: Uint8Array, at: number, drop: number, added: Uint8Array = new Uint8Array()): Uint8Array {
  return concatBytes(file.subarray(0, at), added, file.subarray(at + drop));
}

/** Lines with their line feed, as bytes. */
function changedLines(file: Uint8Array, change: (lines: readonly Uint8Array[]) => readonly Uint8Array[]): Uint8Array {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < file.length;) {
    const end = file.indexOf(0x0a, start) + 1 || file.length;
    lines.push(file.subarray(start, end));
    start = end;
  }
  return concatBytes(...change(lines));
}
