import type { Layout } from '@commonsight/types/layout';
import type { Direction } from '../wall/layoutCells.ts';

/** What a key asks for. */
export type KeyCommand =
  | { command: 'selectSlot'; slot: number }
  | { command: 'moveSelection'; direction: Direction }
  | { command: 'startMove' }
  | { command: 'finishMove' }
  | { command: 'maximise' }
  | { command: 'clear' }
  | { command: 'addToIncident' }
  | { command: 'renewAccess' }
  | { command: 'findCamera' }
  | { command: 'undo' }
  | { command: 'showKeys' }
  | { command: 'setLayout'; layout: Layout }
  | { command: 'leave' };

/** What the keys pressed before mean for the next one. */
export interface KeyMemory {
  /** The digit that may become the first of two. */
  digit: { value: number; atMs: number } | null;
  /** `l` was pressed: the next digit chooses a layout. */
  isChoosingLayout: boolean;
}

export interface KeyPress {
  key: string;
  isControl: boolean;
  atMs: number;
}

export interface KeyContext {
  /** How many slots the layout has: with more than nine, two digits name one. */
  slots: number;
  isMoving: boolean;
}

export const freshKeys: KeyMemory = { digit: null, isChoosingLayout: false };

/** Two digits within this time are one number. */
export const twoDigitsWithinMs = 800;

const layoutKeys: Readonly<Record<string, Layout>> = { '1': '1', '4': '4', '9': '9', '6': '16', '5': '1+5' };

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const letters: Readonly<Record<string, KeyCommand>> = {
  '/': { command: 'findCamera' },
  '?': { command: 'showKeys' },
  f: { command: 'maximise' },
  m: { command: 'startMove' },
  i: { command: 'addToIncident' },
  g: { command: 'renewAccess' },
  u: { command: 'undo' },
  Delete: { command: 'clear' },
  Backspace: { command: 'clear' },
  Escape: { command: 'leave' },
};

/** The meaning of a key, and what to remember for the next one. */
export function readKey(
  memory: KeyMemory,
  press: KeyPress,
  context: KeyContext,
): { memory: KeyMemory; command: KeyCommand | null } {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.isControl) return forget(key === 'z' ? { command: 'undo' } : null);
  if (memory.isChoosingLayout) {
    const layout = layoutKeys[key];
    return forget(layout === undefined ? null : { command: 'setLayout', layout });
  }
  if (key === 'l') return { memory: { digit: null, isChoosingLayout: true }, command: null };
  if (/^\d$/.test(key)) return readDigit(memory, Number(key), press.atMs, context.slots);
  const direction = directions[key];
  if (direction !== undefined) return forget({ command: 'moveSelection', direction });
  if (key === 'Enter') return forget({ command: context.isMoving ? 'finishMove' : 'maximise' });
  return forget(letters[key] ?? null);
}

/** A digit selects at once; a second one soon after makes it a number of two. */
function readDigit(memory: KeyMemory, digit: number, atMs: number, slots: number) {
  const before = memory.digit;
  if (before !== null && atMs - before.atMs <= twoDigitsWithinMs) {
    const slot = before.value * 10 + digit;
    if (slot <= slots) return forget({ command: 'selectSlot', slot });
  }
  if (digit === 0 || digit > slots) return forget(null);
  const mayGoOn = digit * 10 <= slots;
  return {
    memory: { digit: mayGoOn ? { value: digit, atMs } : null, isChoosingLayout: false },
    command: { command: 'selectSlot', slot: digit } as const,
  };
}

function forget(command: KeyCommand | null): { memory: KeyMemory; command: KeyCommand | null } {
  return { memory: freshKeys, command };
}
