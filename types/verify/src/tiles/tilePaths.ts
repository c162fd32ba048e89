/** C2SP tlog-tiles: a tile is 256 hashes of one level, or fewer at the right edge of the tree. */
export const tileWidth = 256;
/** Levels of the tree that one level of tiles stands for. */
export const tileHeight = 8;

export interface Tile {
  /** Of tiles: level 0 holds leaf hashes, level 1 the hashes over 256 leaves. `entries` holds the entries themselves. */
  level: number | 'entries';
  index: number;
  /** 1 to 256. */
  width: number;
}

export interface HashTile extends Tile {
  level: number;
}

const mostLevel = 63;

/** `tile/0/x001/x234/067`, with `.p/12` at the end for a tile that is not full. */
export function tilePath({ level, index, width }: Tile): string {
  const partial = width === tileWidth ? '' : `.p/${width}`;
  return `tile/${level}/${indexPath(index)}${partial}`;
}

/** Undefined for every path that `tilePath` does not give: there is one spelling only. */
export function parseTilePath(path: string): Tile | undefined {
  const found = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
  const [, levelText = '', indexText = '', widthText = String(tileWidth)] = found ?? [];
  if (!found) return undefined;
  const level = levelText === 'entries' ? levelText : Number(levelText);
  const tile: Tile = { level, index: Number(indexText.replaceAll(/[x/]/g, '')), width: Number(widthText) };
  const isKnown = tile.width >= 1 && tile.width <= tileWidth && Number.isSafeInteger(tile.index);
  return isKnown && (level === 'entries' || level <= mostLevel) && tilePath(tile) === path ? tile : undefined;
}

/** How wide this tile is in a tree of this size: 0 if the tree does not reach it. */
export function widthIn(size: number, level: Tile['level'], index: number): number {
  const hashes = Math.floor(size / tileWidth ** (level === 'entries' ? 0 : level));
  return Math.max(0, Math.min(tileWidth, hashes - index * tileWidth));
}

/** Every tile of hashes of a tree of this size, level by level. */
export function tilesOf(size: number): HashTile[] {
  const tiles: HashTile[] = [];
  for (let level = 0; tileWidth ** level <= size; level += 1) {
    const hashes = Math.floor(size / tileWidth ** level);
    for (let index = 0; index * tileWidth < hashes; index += 1) {
      tiles.push({ level, index, width: widthIn(size, level, index) });
    }
  }
  return tiles;
}

function indexPath(index: number): string {
  const groups =
    String(index)
      .padStart(Math.ceil(String(index).length / 3) * 3, '0')
      .match(/[0-9]{3}/g) ?? [];
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
}
