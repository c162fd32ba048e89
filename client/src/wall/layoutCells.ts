import { exhausted } from '../exhausted.ts';
import { type Layout, layoutSlots } from '@commonsight/types/layout';

/** Where a slot lies in its layout's grid; columns and rows count from 1. */
export interface Cell {
  slot: number;
  column: number;
  row: number;
  span: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** How many columns, and as many rows, a layout has. Every layout is as wide as it is high, so that 16:9 fits 16:9. */
export const layoutColumns: Readonly<Record<Layout, number>> = { '1': 1, '4': 2, '9': 3, '16': 4, '1+5': 3 };

const onePlusFive: readonly Cell[] = [
  { slot: 1, column: 1, row: 1, span: 2 },
  { slot: 2, column: 3, row: 1, span: 1 },
  { slot: 3, column: 3, row: 2, span: 1 },
  { slot: 4, column: 1, row: 3, span: 1 },
  { slot: 5, column: 2, row: 3, span: 1 },
  { slot: 6, column: 3, row: 3, span: 1 },
];

/** The cells of a layout, in the order of their slots. */
export function layoutCells(layout: Layout): readonly Cell[] {
  if (layout === '1+5') return onePlusFive;
  const columns = layoutColumns[layout];
  return Array.from({ length: layoutSlots[layout] }, (_, i) => ({
    slot: i + 1,
    column: (i % columns) + 1,
    row: Math.floor(i / columns) + 1,
    span: 1,
  }));
}

/** The slot that lies next to one in a direction; the same slot at the edge. */
export function neighbourSlot(layout: Layout, slot: number, direction: Direction): number {
  const cells = layoutCells(layout);
  const from = cells.find((cell) => cell.slot === slot);
  if (from === undefined) return 1;
  const candidates = cells.filter((cell) => liesTowards(from, cell, direction));
  const nearest = candidates.toSorted((a, b) => distance(from, a, direction) - distance(from, b, direction))[0];
  return nearest?.slot ?? slot;
}

function liesTowards(from: Cell, to: Cell, direction: Direction): boolean {
  switch (direction) {
    case 'left':
      return to.column + to.span <= from.column && overlaps(from.row, from.span, to.row, to.span);
    case 'right':
      return to.column >= from.column + from.span && overlaps(from.row, from.span, to.row, to.span);
    case 'up':
      return to.row + to.span <= from.row && overlaps(from.column, from.span, to.column, to.span);
    case 'down':
      return to.row >= from.row + from.span && overlaps(from.column, from.span, to.column, to.span);
    default:
      return exhausted(direction);
  }
}

function overlaps(a: number, aSpan: number, b: number, bSpan: number): boolean {
  return a < b + bSpan && b < a + aSpan;
}

/** Along the direction first, then across it, so that the first of several neighbours in reading order is taken. */
function distance(from: Cell, to: Cell, direction: Direction): number {
  const isAcross = direction === 'left' || direction === 'right';
  const along = isAcross ? Math.abs(to.column - from.column) : Math.abs(to.row - from.row);
  const across = isAcross ? Math.abs(to.row - from.row) : Math.abs(to.column - from.column);
  return along * 10 + across;
}
