import { type MaskPoint, mostMaskPoints, mostMaskPolygons } from '@commonsight/types/relay/masks';
import { describe, expect, it } from 'vitest';
import { beginWith, type DrawingHistory, draw, emptyHistory, faultOf, inPicture, undo } from './maskDrawing.ts';

const triangle: MaskPoint[] = [
  [0.1, 0.1],
  [0.5, 0.1],
  [0.1, 0.5],
];
const withCorners = (history: DrawingHistory, corners: readonly MaskPoint[]) =>
  corners.reduce((before, at) => draw(before, { act: 'addCorner', at }), history);

describe('drawing masks', () => {
  it('sets corners, closes the mask and begins the next one', () => {
    const two = withCorners(emptyHistory, triangle.slice(0, 2));
    expect(draw(two, { act: 'close' })).toBe(two);
    const closed = draw(withCorners(two, triangle.slice(2)), { act: 'close' });
    expect(closed.now).toEqual({ masks: [triangle], open: [] });
    expect(withCorners(closed, [[1, 1]]).now).toEqual({ masks: [triangle], open: [[1, 1]] });
  });

  it('takes back one step after the other, and moves of one corner as one step', () => {
    const begun = beginWith([triangle]);
    let history = withCorners(begun, [[0.7, 0.7]]);
    for (const x of [0.2, 0.3, 0.4]) {
      history = draw(history, { act: 'moveCorner', mask: 0, corner: 0, to: [x, 0.1] });
    }
    history = draw(history, { act: 'moveCorner', mask: null, corner: 0, to: [0.8, 0.8] });
    history = draw(history, { act: 'removeMask', mask: 0 });
    expect(history.now).toEqual({ masks: [], open: [[0.8, 0.8]] });
    const steps = [undo(history)];
    while ((steps.at(-1)?.past.length ?? 0) > 0) steps.push(undo(steps.at(-1) ?? history));
    expect(steps.map(({ now }) => [now.masks[0]?.[0], now.open[0]])).toEqual([
      [
        [0.4, 0.1],
        [0.8, 0.8],
      ],
      [
        [0.4, 0.1],
        [0.7, 0.7],
      ],
      [
        [0.1, 0.1],
        [0.7, 0.7],
      ],
      [[0.1, 0.1], undefined],
    ]);
    expect(undo(begun)).toBe(begun);
  });

  it('has no more corners and masks than a document takes', () => {
    const corners = Array.from({ length: mostMaskPoints + 1 }, (_, index): MaskPoint => [index / 100, 0.5]);
    expect(withCorners(emptyHistory, corners).now.open).toHaveLength(mostMaskPoints);
    const full = beginWith(Array.from({ length: mostMaskPolygons }, () => triangle));
    expect(withCorners(full, [[1, 1]])).toBe(full);
  });

  it('stays in the picture', () => {
    expect([inPicture([-1, 2]), inPicture([0.123456, 0.5])]).toEqual([
      [0, 1],
      [0.1235, 0.5],
    ]);
  });

  it('says what is wrong with a mask', () => {
    const bowTie: MaskPoint[] = [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
    ];
    const speck: MaskPoint[] = [
      [0, 0],
      [0.01, 0],
      [0, 0.01],
    ];
    const many = Array.from({ length: mostMaskPoints + 1 }, (_, index): MaskPoint => [index / 100, 0.5]);
    expect([triangle, triangle.slice(0, 2), many, bowTie, speck].map(faultOf)).toEqual([
      null,
      'fewCorners',
      'manyCorners',
      'crossing',
      'small',
    ]);
  });
});
