import type { LiveState } from '../signaling/LiveState.ts';
import type { WallAct } from './Walls.ts';
import type { WallPatch } from './WallPatch.ts';

const expirySeconds = 12 * 60 * 60;
const maximumEntries = 50;

/** A change that its author may take back. */
export interface UndoEntry {
  act: WallAct;
  patch: WallPatch;
}

/**
 * What each user may take back on each wall, the newest first. It is kept in Redis alone: without it nothing can be
 * taken back, and nothing else is lost. Used within the wall's queue, so that reading and writing are one step.
 */
export class UndoStore {
  readonly #state: Pick<LiveState, 'read' | 'write'>;

  constructor(state: Pick<LiveState, 'read' | 'write'>) {
    this.#state = state;
  }

  async read(wallId: string, userId: string): Promise<UndoEntry[]> {
    const text = await this.#state.read(keyOf(wallId, userId));
    // Written by this class alone; what it plans is checked against the wall before it is done.
    return text === null ? [] : (JSON.parse(text) as UndoEntry[]);
  }

  async push(wallId: string, userId: string, entry: UndoEntry): Promise<void> {
    await this.write(wallId, userId, [entry, ...(await this.read(wallId, userId))]);
  }

  async write(wallId: string, userId: string, entries: readonly UndoEntry[]): Promise<void> {
    const text = JSON.stringify(entries.slice(0, maximumEntries));
    await this.#state.write(keyOf(wallId, userId), text, { seconds: expirySeconds });
  }
}

function keyOf(wallId: string, userId: string): string {
  return `undo:${wallId}:${userId}`;
}
