import { layoutSchema, layoutSlots } from '@commonsight/types/layout';
import { describe, expect, it } from 'vitest';
import { layoutCells, layoutColumns, neighbourSlot } from './layoutCells.ts';

describe('layoutCells', () => {
  it.each(layoutSchema.options)('fills the grid of layout %s without a gap and without an overlap', (layout) => {
    const columns = layoutColumns[layout];
    const taken = new Set<string>();
    for (const { column, row, span } of layoutCells(layout)) {
      for (let x = 0; x < span; x += 1) for (let y = 0; y < span; y += 1) taken.add(`${column + x},${row + y}`);
    }
    const area = layoutCells(layout).reduce((sum, { span }) => sum + span * span, 0);
    expect(taken.size).toBe(columns * columns);
    expect(area).toBe(columns * columns);
    expect(layoutCells(layout).map((cell) => cell.slot)).toEqual(
      Array.from({ length: layoutSlots[layout] }, (_, i) => i + 1),
    );
  });
});

describe('neighbourSlot', () => {
  it('goes to the neighbour and stays at the edge', () => {
    expect(neighbourSlot('9', 5, 'left')).toBe(4);
    expect(neighbourSlot('9', 5, 'right')).toBe(6);
    expect(neighbourSlot('9', 5, 'up')).toBe(2);
    expect(neighbourSlot('9', 5, 'down')).toBe(8);
    expect(neighbourSlot('9', 3, 'right')).toBe(3);
    expect(neighbourSlot('1', 1, 'down')).toBe(1);
  });

  it('finds its way around the large tile', () => {
    expect(neighbourSlot('1+5', 1, 'right')).toBe(2);
    expect(neighbourSlot('1+5', 1, 'down')).toBe(4);
    expect(neighbourSlot('1+5', 3, 'left')).toBe(1);
    expect(neighbourSlot('1+5', 5, 'up')).toBe(1);
    expect(neighbourSlot('1+5', 6, 'up')).toBe(3);
  });
});
