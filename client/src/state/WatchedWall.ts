import type { Id } from '@commonsight/types/ids';
import type { Wall } from '@commonsight/types/wall';
import { createStore } from 'zustand/vanilla';
import type { SignalingClient } from '../signaling/SignalingClient.ts';
import { applyWallChange, type WallChange } from './wall.ts';

export type WatchedWallState =
  | { state: 'reading' }
  | { state: 'shown'; wall: Wall }
  | { state: 'failed'; message: string };

/**
 * Somebody else's wall, looked at without one of its screens. Everybody on it is told so by the server for as long as it
 * is followed; there is no way to read it without that (WAL7).
 */
export class WatchedWall {
  readonly store = createStore<WatchedWallState>()(() => ({ state: 'reading' }));
  readonly #signaling: Pick<SignalingClient, 'on' | 'request' | 'onConnectionChange'>;
  readonly #wallId: Id;
  readonly #stops: (() => void)[] = [];
  #readCount = 0;
  #told: WallChange[] = [];

  constructor(signaling: Pick<SignalingClient, 'on' | 'request' | 'onConnectionChange'>, wallId: Id) {
    this.#signaling = signaling;
    this.#wallId = wallId;
  }

  /** Begins to follow; after `close` it can begin again. */
  open(): void {
    this.#stops.push(
      this.#signaling.on('wall:changed', (change) => this.#handleChange(change)),
      this.#signaling.onConnectionChange(({ state }) => (state === 'connected' ? void this.#read() : undefined)),
    );
    void this.#read();
  }

  close(): void {
    this.#readCount += 1;
    for (const stop of this.#stops.splice(0)) stop();
    void this.#signaling.request('wall:leave', { wallId: this.#wallId });
  }

  async #read(): Promise<void> {
    this.#readCount += 1;
    const readCount = this.#readCount;
    this.#told = [];
    const answer = await this.#signaling.request('wall:join', { wallId: this.#wallId, screen: null });
    if (readCount !== this.#readCount) return;
    if (!answer.ok) {
      // A wall that is shown stays while the connection is away; joining goes on when it is back.
      if (this.store.getState().state === 'reading' && answer.error.code !== 'timedOut') {
        this.store.setState({ state: 'failed', message: answer.error.message }, true);
      }
      return;
    }
    this.store.setState({ state: 'shown', wall: answer.value.wall }, true);
    for (const change of this.#told) this.#apply(change);
  }

  #handleChange(change: WallChange): void {
    if (change.wallId !== this.#wallId) return;
    this.#told.push(change);
    this.#apply(change);
  }

  #apply(change: WallChange): void {
    const state = this.store.getState();
    if (state.state !== 'shown') return;
    const wall = applyWallChange(state.wall, change);
    if (wall === 'gap') void this.#read();
    else this.store.setState({ state: 'shown', wall }, true);
  }
}
