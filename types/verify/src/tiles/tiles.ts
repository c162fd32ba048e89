// What `commonsight-verify/tiles` gives: C2SP tlog-tiles, the files that a log is read by.
export { buildEntryBundle, mostEntryBytes, readEntryBundle } from './entryBundles.ts';
export { buildTile, readTile, TileError, tileReader } from './hashTiles.ts';
export {
  type HashTile,
  parseTilePath,
  type Tile,
  tileHeight,
  tilePath,
  tilesOf,
  tileWidth,
  widthIn,
} from './tilePaths.ts';
