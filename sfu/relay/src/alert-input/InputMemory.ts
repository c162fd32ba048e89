import type { InputEvent } from './readInputEvents.ts';

/** More inputs than any camera has. */
const mostInputs = 64;

/**
 * How the inputs of a camera stood when they were last told of, for as long as the relay runs and over every new
 * subscription. So an input that is stuck is news once, and what was pressed while the connection was broken is news too.
 */
export class InputMemory {
  readonly #states = new Map<string, boolean>();

  /** Whether the event tells of a change. How an input stands at first is none, unless the camera calls it one. */
  isChange({ input, isActive, isInitial }: InputEvent): boolean {
    const before = this.#states.get(input);
    if (before === undefined && this.#states.size >= mostInputs) return false;
    this.#states.set(input, isActive);
    return before === undefined ? !isInitial : before !== isActive;
  }
}
