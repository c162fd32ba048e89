import { expect, it } from 'vitest';
import { pointIn } from './pointIn.ts';
import { stepOf } from './stepOf.ts';

it('moves by arrow keys alone, with Shift in larger steps', () => {
  const step = (key: string, shiftKey = false) => stepOf({ key, shiftKey });
  expect([step('ArrowLeft'), step('ArrowDown', true), step('Enter')]).toEqual([[-0.01, 0], [0, 0.05], null]);
});

it('finds a pointer on the picture, wherever that is and however large', () => {
  const picture = { getBoundingClientRect: () => ({ left: 100, top: 50, width: 400, height: 200 }) as DOMRect };
  const at = (clientX: number, clientY: number) => pointIn(picture, { clientX, clientY });
  expect([at(100, 50), at(300, 200), at(900, 0)]).toEqual([
    [0, 0],
    [0.5, 0.75],
    [1, 0],
  ]);
  expect(pointIn(null, { clientX: 1, clientY: 1 })).toEqual([0, 0]);
});
