import { type Hash, hashLength, nodeHash } from '../tree/hashes.ts';
import type { ReadHashes, TreeNode } from '../tree/nodes.ts';
import { type HashTile, tileHeight, tilePath, tileWidth, widthIn } from './tilePaths.ts';

/** Bytes that are not the tile they should be. The message is a sentence. */
export class TileError extends Error {
  override name = 'TileError';
}

/** A tile's bytes, from kept hashes. */
export async function buildTile({ level, index, width }: HashTile, readHashes: ReadHashes): Promise<Uint8Array> {
  const nodes = Array.from({ length: width }, (_, at) => ({
    level: level * tileHeight,
    index: index * tileWidth + at,
  }));
  const bytes = new Uint8Array(width * hashLength);
  for (const [at, hash] of (await readHashes(nodes)).entries()) bytes.set(hash, at * hashLength);
  return bytes;
}

/** The hashes of a tile; undefined if the bytes are not as many as its width says. */
export function readTile(bytes: Uint8Array, width: number): Hash[] | undefined {
  if (bytes.length !== width * hashLength) return undefined;
  return Array.from({ length: width }, (_, at) => bytes.slice(at * hashLength, (at + 1) * hashLength));
}

/**
 * Reads the hashes of a tree of this size out of its tiles: only every eighth level is in them, the ones between are
 * hashed here. Each tile is asked for once in the life of the reader; throws a TileError
 * if one has not the bytes that it should.
 */
export function tileReader(size: number, fetchTile: (tile: HashTile) => Promise<Uint8Array>): ReadHashes {
  const tiles = new Map<string, Promise<Hash[]>>();
  // Kept as promises, so that two who ask for one tile at the same time fetch it once.
  const getTile = (tile: HashTile): Promise<Hash[]> => {
    const path = tilePath(tile);
    const asked = tiles.get(path) ?? fetchHashes(tile, fetchTile);
    tiles.set(path, asked);
    return asked;
  };
  return (nodes) => Promise.all(nodes.map((node) => readNode(node, size, getTile)));
}

async function fetchHashes(tile: HashTile, fetchTile: (tile: HashTile) => Promise<Uint8Array>): Promise<Hash[]> {
  const hashes = readTile(await fetchTile(tile), tile.width);
  if (!hashes) throw new TileError(`${tilePath(tile)} does not hold ${tile.width} hashes.`);
  return hashes;
}

async function readNode(
  { level, index }: TreeNode,
  size: number,
  getTile: (tile: HashTile) => Promise<Hash[]>,
): Promise<Hash> {
  const tileLevel = Math.floor(level / tileHeight);
  const span = 2 ** (level % tileHeight);
  const first = index * span;
  const tileIndex = Math.floor(first / tileWidth);
  const width = widthIn(size, tileLevel, tileIndex);
  const at = first % tileWidth;
  if (at + span > width) throw new RangeError(`A tree of ${size} leaves has no hash ${index} on level ${level}.`);
  let hashes = (await getTile({ level: tileLevel, index: tileIndex, width })).slice(at, at + span);
  while (hashes.length > 1) hashes = pairs(hashes);
  const [hash] = hashes;
  if (!hash) throw new Error('A tile is empty.');
  return hash;
}

function pairs(hashes: readonly Hash[]): Hash[] {
  const parents: Hash[] = [];
  for (let at = 0; at + 1 < hashes.length; at += 2) {
    const [left, right] = hashes.slice(at, at + 2);
    if (left && right) parents.push(nodeHash(left, right));
  }
  return parents;
}
