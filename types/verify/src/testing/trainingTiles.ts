import { toUtf8 } from '../bytes/bytes.ts';
import { buildEntryBundle } from '../tiles/entryBundles.ts';
import { buildTile } from '../tiles/hashTiles.ts';
import { tilePath, tilesOf, tileWidth } from '../tiles/tilePaths.ts';
import type { TrainingLog } from './TrainingLog.ts';

/** Every file that a log serves at its last checkpoint, by its path. */
export async function trainingTiles(log: TrainingLog): Promise<Map<string, Uint8Array>> {
  const files = new Map([['checkpoint', toUtf8(log.checkpoints.at(-1) ?? '')]]);
  for (const tile of tilesOf(log.kept.tree.size)) {
    files.set(tilePath(tile), await buildTile(tile, log.kept.read));
    if (tile.level !== 0) continue;
    const start = tile.index * tileWidth;
    const leaves = log.entries.slice(start, start + tile.width).map(({ bytes }) => bytes);
    files.set(tilePath({ ...tile, level: 'entries' }), buildEntryBundle(leaves));
  }
  return files;
}
