import { describe, expect, it } from 'vitest';
import { placeTooltip } from './placeTooltip.ts';

const view = { width: 1_000, height: 600 };
const tooltip = { width: 100, height: 20 };

function button(left: number, top: number) {
  return { left, top, width: 30, height: 30, right: left + 30, bottom: top + 30 };
}

describe('placeTooltip', () => {
  it('stands on the wished side, in the middle', () => {
    expect(placeTooltip(button(500, 300), tooltip, 'top', view)).toEqual({ x: 465, y: 274 });
    expect(placeTooltip(button(500, 300), tooltip, 'bottom', view)).toEqual({ x: 465, y: 336 });
    expect(placeTooltip(button(500, 300), tooltip, 'left', view)).toEqual({ x: 394, y: 305 });
    expect(placeTooltip(button(500, 300), tooltip, 'right', view)).toEqual({ x: 536, y: 305 });
  });

  it('goes to the other side where there is no room', () => {
    expect(placeTooltip(button(500, 2), tooltip, 'top', view).y).toBe(38);
    expect(placeTooltip(button(500, 568), tooltip, 'bottom', view).y).toBe(542);
    expect(placeTooltip(button(5, 300), tooltip, 'left', view).x).toBe(41);
    expect(placeTooltip(button(965, 300), tooltip, 'right', view).x).toBe(859);
  });

  it('stays inside the window', () => {
    expect(placeTooltip(button(0, 300), tooltip, 'bottom', view).x).toBe(4);
    expect(placeTooltip(button(970, 300), tooltip, 'bottom', view).x).toBe(896);
  });
});
