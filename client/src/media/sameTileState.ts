import type { TileState } from './TileState.ts';

/** Whether two states read the same on a tile. */
export function sameTileState(a: TileState, b: TileState): boolean {
  if (a.state !== b.state) return false;
  const other: Readonly<Record<string, unknown>> = { ...b };
  return Object.entries(a).every(([name, value]) => value === other[name]);
}
