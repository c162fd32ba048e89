import type { InputEvent } from './readInputEvents.ts';

/** More inputs than any camera has. */
const mostInputs = 64;
/** A contact that bounces, or a camera that floods, is news of each kind once in this time. */
const leastBetweenMs = 200;

interface Stood {
  isActive: boolean;
  /** When it was last told that the contact has closed, and that it has opened. */
  readonly toldAtMs: { on: number; off: number };
}

/**
 * How the inputs of a camera stood when they were last told of, for as long as the relay runs and over every new
 * subscription. So an input that is stuck is news once, and what was pressed while the connection was broken is news too.
 */
export class InputMemory {
  readonly #inputs = new Map<string, Stood>();

  /**
   * Whether the event tells of a change. How an input stands at first is none, unless the camera calls it one. Closing and opening
   * are counted apart, so that a short press, of which both come at once, is not taken for none.
   */
  isChange({ input, isActive, isInitial }: InputEvent, nowMs: number): boolean {
    const stood = this.#inputs.get(input);
    if (stood === undefined && this.#inputs.size >= mostInputs) return false;
    const never = Number.NEGATIVE_INFINITY;
    const { toldAtMs } = stood ?? { toldAtMs: { on: never, off: never } };
    this.#inputs.set(input, { isActive, toldAtMs });
    const isOther = stood === undefined ? !isInitial : stood.isActive !== isActive;
    const kind = isActive ? 'on' : 'off';
    if (!isOther || nowMs - toldAtMs[kind] < leastBetweenMs) return false;
    toldAtMs[kind] = nowMs;
    return true;
  }
}
