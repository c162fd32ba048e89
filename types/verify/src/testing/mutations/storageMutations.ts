import { bytesToHex } from '@noble/hashes/utils.js';
import { fromBase64, toBase64 } from '../../bytes/bytes.ts';
import type { EntryLine } from '../../bundle/bundleLines.ts';
import { canonicalBytes } from '../../entry/canonicalJson.ts';
import type { LogEntry } from '../../entry/logEntry.ts';
import { tileWidth } from '../../tiles/tilePaths.ts';
import { hashLength, leafHash } from '../../tree/hashes.ts';
import { below, pick, type Random } from '../random.ts';
import { type BundleParts, entriesOf, tilesOfParts } from './BundleParts.ts';

/**
 * What the administrator of a database can do, who has every table and no key: the server exports what it then finds, and
 * seals that itself. Each changes the parts in place; false if this export has nothing to change in this way.
 */
export const storageMutations = {
  changedEntry: (parts, random) => changeEntry(parts, random) !== undefined,
  changedEntryAndHash: (parts, random) => {
    const line = changeEntry(parts, random);
    return line !== undefined && setHash(parts, line);
  },
  emptiedEntry: (parts, random) => {
    const line = pickEntry(parts, random);
    if (line) Object.assign(line, { entry: null, openings: {} });
    return line !== undefined;
  },
  droppedEntry: (parts, random) => dropEntries(parts, below(entriesOf(parts).length, random), 1, random),
  droppedEnd: (parts, random) => dropEntries(parts, below(entriesOf(parts).length, random), Infinity, random),
  doubledEntry: (parts, random) => {
    const entries = entriesOf(parts);
    const at = below(entries.length, random);
    return setContents(parts, entries.toSpliced(at, 0, ...entries.slice(at, at + 1)), random);
  },
  swappedEntries: (parts, random) => {
    const entries = entriesOf(parts);
    const [one, other] = [below(entries.length, random), below(entries.length, random)];
    const swapped = entries.map(
      (line, at) => (at === one ? entries[other] : at === other ? entries[one] : line) ?? line,
    );
    return one !== other && setContents(parts, swapped, random);
  },
  reorderedEntries: (parts, random) => {
    const entries = entriesOf(parts);
    if (entries.length < 2) return false;
    const start = below(entries.length - 1, random);
    const end = Math.min(entries.length, start + 2 + below(20, random));
    const turned = [...entries.slice(0, start), ...entries.slice(start, end).toReversed(), ...entries.slice(end)];
    return setContents(parts, turned, random);
  },
  changedOpening: (parts, random) => {
    const found = pickOpening(parts, random);
    if (found) found.line.openings[found.name] = { ...found.opening, value: `somebody else ${random()}` };
    return found !== undefined;
  },
  changedSalt: (parts, random) => {
    const found = pickOpening(parts, random);
    const salt = Uint8Array.from({ length: 16 }, () => below(256, random));
    if (found) found.line.openings[found.name] = { ...found.opening, salt: toBase64(salt) };
    return found !== undefined;
  },
  openingOfAnother: (parts, random) => {
    const [one, other] = [pickOpening(parts, random), pickOpening(parts, random)];
    if (!one || !other || one.opening.salt === other.opening.salt) return false;
    one.line.openings[one.name] = other.opening;
    return true;
  },
  droppedOpening: (parts, random) => {
    const found = pickOpening(parts, random);
    return found !== undefined && delete found.line.openings[found.name];
  },
  inventedOpening: (parts, random) => {
    const line = pickEntry(parts, random);
    if (line) line.openings['invented'] = pick(['erased', 'withheld'] as const, random);
    return line !== undefined;
  },
  changedTile: (parts, random) => {
    if (tilesOfParts(parts).length === 0) return false;
    const tile = pick(tilesOfParts(parts), random);
    const bytes = fromBase64(tile.hashes) ?? new Uint8Array(1);
    tile.hashes = toBase64(flipped(bytes, random));
    return true;
  },
  changedProof: (parts, random) => {
    const proofs = [...parts.checkpoints, ...tilesOfParts(parts)].filter(({ proof }) => proof.length > 0);
    if (proofs.length === 0) return false;
    const { proof } = pick(proofs, random);
    const at = below(proof.length, random);
    proof[at] = toBase64(flipped(fromBase64(proof[at] ?? '') ?? new Uint8Array(hashLength), random));
    return true;
  },
  shortenedProof: (parts, random) => {
    const proofs = [...parts.checkpoints, ...tilesOfParts(parts)].filter(({ proof }) => proof.length > 0);
    if (proofs.length > 0) pick(proofs, random).proof.pop();
    return proofs.length > 0;
  },
} satisfies Record<string, (parts: BundleParts, random: Random) => boolean>;

function pickEntry(parts: BundleParts, random: Random): EntryLine | undefined {
  const entries = entriesOf(parts);
  return entries.length === 0 ? undefined : pick(entries, random);
}

/** Fields that somebody would want to change, each with what it could say instead. */
const forgeries: readonly ((entry: LogEntry, random: Random) => Partial<LogEntry>)[] = [
  ({ outcome }) => ({ outcome: outcome === 'done' ? 'refused' : 'done' }),
  ({ at }, random) => ({ at: new Date(Date.parse(at) + 1 + below(1_000_000, random)).toISOString() }),
  () => ({ type: 'camera.listed' }),
  ({ targetId }) => ({ targetId: `${targetId}0` }),
  ({ details }) => ({ details: { ...details, bytes: 1 } }),
  ({ details }) => ({ details: { ...details, more: 'x' } }),
  (_entry, random) => ({ actor: bytesToHex(Uint8Array.from({ length: 32 }, () => below(256, random))) }),
  ({ agencyId }) => ({ agencyId: agencyId === null ? '019a0000-0000-7000-8000-00000000000b' : null }),
  ({ id }) => ({ id: `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}` }),
];

function changeEntry(parts: BundleParts, random: Random): EntryLine | undefined {
  const line = pickEntry(parts, random);
  if (!line?.entry) return undefined;
  const before = canonicalBytes(line.entry);
  line.entry = { ...line.entry, ...pick(forgeries, random)(line.entry, random) };
  return bytesToHex(before) === bytesToHex(canonicalBytes(line.entry)) ? undefined : line;
}

/** Makes the tile say what the entry now is. */
function setHash(parts: BundleParts, { index, entry }: EntryLine): boolean {
  const tile = tilesOfParts(parts).find((line) => line.index === Math.floor(index / tileWidth));
  const hashes = fromBase64(tile?.hashes ?? '');
  if (!tile || !hashes) return false;
  hashes.set(leafHash(canonicalBytes(entry)), (index % tileWidth) * hashLength);
  tile.hashes = toBase64(hashes);
  return true;
}

function dropEntries(parts: BundleParts, at: number, count: number, random: Random): boolean {
  const entries = entriesOf(parts);
  return entries.length > 0 && setContents(parts, entries.toSpliced(at, count), random);
}

/** Entries in another order or number: behind their own numbers, or numbered anew as if nothing had been. */
function setContents(parts: BundleParts, contents: readonly EntryLine[], random: Random): boolean {
  const numbers = random() < 0.5 ? undefined : entriesOf(parts).map(({ index }) => index);
  const last = (numbers?.at(-1) ?? 0) + 1;
  const lines = contents.map((line, at) => ({ ...line, index: numbers ? (numbers[at] ?? last) : line.index }));
  const tiles = tilesOfParts(parts);
  parts.body = tiles.flatMap((tile) => [
    tile,
    ...lines.filter(({ index }) => Math.floor(index / tileWidth) === tile.index),
  ]);
  return true;
}

function pickOpening(parts: BundleParts, random: Random) {
  const line = pickEntry(parts, random);
  if (!line) return undefined;
  const opened = Object.entries(line.openings).flatMap(([name, opening]) =>
    typeof opening === 'string' ? [] : [{ line, name, opening }],
  );
  return opened.length === 0 ? undefined : pick(opened, random);
}

function flipped(bytes: Uint8Array, random: Random): Uint8Array {
  const at = below(bytes.length, random);
  return bytes.with(at, (bytes[at] ?? 0) ^ (1 << below(8, random)));
}
