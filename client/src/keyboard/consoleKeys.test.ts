import { describe, expect, it } from 'vitest';
import { freshKeys, type KeyContext, type KeyMemory, readKey, twoDigitsWithinMs } from './consoleKeys.ts';

/** Presses keys one after another, some milliseconds apart, and collects what they ask for. */
function press(keys: readonly string[], context: KeyContext = { slots: 9, isMoving: false }, apartMs = 100) {
  let memory: KeyMemory = freshKeys;
  return keys.flatMap((key, i) => {
    const isControl = key.startsWith('^');
    const read = readKey(memory, { key: isControl ? key.slice(1) : key, isControl, atMs: i * apartMs }, context);
    memory = read.memory;
    return read.command === null ? [] : [read.command];
  });
}

const sixteen = { slots: 16, isMoving: false };

describe('readKey', () => {
  it('selects tiles by digit and says nothing to a digit without a tile', () => {
    expect(press(['5'])).toEqual([{ command: 'selectSlot', slot: 5 }]);
    expect(press(['5'], { slots: 4, isMoving: false })).toEqual([]);
    expect(press(['0'])).toEqual([]);
  });

  it('takes two digits for one number where there are that many tiles', () => {
    expect(press(['1', '4'], sixteen)).toEqual([
      { command: 'selectSlot', slot: 1 },
      { command: 'selectSlot', slot: 14 },
    ]);
    expect(press(['1', '4'])).toEqual([
      { command: 'selectSlot', slot: 1 },
      { command: 'selectSlot', slot: 4 },
    ]);
    expect(press(['1', '9'], sixteen).at(-1)).toEqual({ command: 'selectSlot', slot: 9 });
    expect(press(['1', '4'], sixteen, twoDigitsWithinMs + 1).at(-1)).toEqual({ command: 'selectSlot', slot: 4 });
  });

  it('chooses a layout with l and a digit', () => {
    expect(press(['l', '9'])).toEqual([{ command: 'setLayout', layout: '9' }]);
    expect(press(['L', '5'])).toEqual([{ command: 'setLayout', layout: '1+5' }]);
    expect(press(['l', '6'])).toEqual([{ command: 'setLayout', layout: '16' }]);
    expect(press(['l', 'x', '4'])).toEqual([{ command: 'selectSlot', slot: 4 }]);
  });

  it('maximises with Enter, and with Enter finishes a move', () => {
    expect(press(['Enter'])).toEqual([{ command: 'maximise' }]);
    expect(press(['m', '3', 'Enter'], { slots: 9, isMoving: true })).toEqual([
      { command: 'startMove' },
      { command: 'selectSlot', slot: 3 },
      { command: 'finishMove' },
    ]);
  });

  it('undoes with u and with Ctrl+Z, and leaves other shortcuts to the browser', () => {
    expect(press(['u', '^z', '^f', '^l'])).toEqual([{ command: 'undo' }, { command: 'undo' }]);
  });

  it('renews access with g', () => {
    expect(press(['g', '^g'])).toEqual([{ command: 'renewAccess' }]);
  });

  it('moves the selection with arrows', () => {
    expect(press(['ArrowLeft'])).toEqual([{ command: 'moveSelection', direction: 'left' }]);
  });
});
