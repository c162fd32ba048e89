import type { Answer } from '@commonsight/types/answer';
import type { Id } from '@commonsight/types/ids';
import type { Layout } from '@commonsight/types/layout';
import type { Wall } from '@commonsight/types/wall';
import type { SignalingClient } from '../signaling/SignalingClient.ts';
import { applyWallChange, createWallStore, type WallChange, type WallPresence, type WallStore } from './wall.ts';

type WallSignaling = Pick<SignalingClient, 'on' | 'request'>;
type Changed = Promise<Answer<{ revision: number }>>;

/** What was told of a wall while it was being read: the answer may be older than that. */
interface ToldMeanwhile {
  wallId: Id;
  changes: WallChange[];
  present: WallPresence | null;
}

/**
 * The wall of this window: joins it, follows its changes and asks for new ones. A change is not shown before the
 * server has told it to everybody; the round trip is shorter than what an eye sees, and nothing has to be taken back.
 */
export class WallControl {
  readonly store: WallStore = createWallStore();
  readonly #signaling: WallSignaling;
  #joinCount = 0;
  /** Null while nothing is being read. */
  #told: ToldMeanwhile | null = null;

  private constructor(signaling: WallSignaling) {
    this.#signaling = signaling;
  }

  static create(signaling: WallSignaling): WallControl {
    const control = new WallControl(signaling);
    signaling.on('wall:changed', (change) => control.#handleChange(change));
    signaling.on('wall:presenceChanged', ({ wallId, present }) => control.#handlePresence(wallId, present));
    return control;
  }

  /** Joins a wall and shows one of its screens. Joining the wall that is joined changes the screen. */
  async join(wallId: Id, screen: number): Promise<void> {
    const before = this.store.getState();
    // Not waited for: one connection keeps the order, and a third wall could be asked for meanwhile.
    if (before.state !== 'none' && before.wallId !== wallId) void this.leave();
    const state = this.store.getState();
    if (state.state === 'joined') {
      // The wall is here already: its other screen can be shown at once, and the server is told.
      this.store.setState({ ...state, screen }, true);
    } else {
      this.store.setState({ state: 'joining', wallId, screen }, true);
    }
    await this.#read(wallId, screen);
  }

  /** Reads the wall anew, after the connection was gone or a change was missed. */
  async rejoin(): Promise<void> {
    const state = this.store.getState();
    if (state.state !== 'none') await this.#read(state.wallId, state.screen);
  }

  async leave(): Promise<void> {
    const state = this.store.getState();
    if (state.state === 'none') return;
    this.#joinCount += 1;
    this.#told = null;
    this.store.setState({ state: 'none' }, true);
    await this.#signaling.request('wall:leave', { wallId: state.wallId });
  }

  assignTile(wallId: Id, screen: number, slot: number, cameraId: Id, incidentId: Id | null): Changed {
    return this.#signaling.request('wall:assignTile', { wallId, screen, slot, cameraId, incidentId });
  }

  moveTile(wallId: Id, tileId: Id, toScreen: number, toSlot: number): Changed {
    return this.#signaling.request('wall:moveTile', { wallId, tileId, toScreen, toSlot });
  }

  clearTile(wallId: Id, tileId: Id): Changed {
    return this.#signaling.request('wall:clearTile', { wallId, tileId });
  }

  setLayout(wallId: Id, screen: number, layout: Layout): Changed {
    return this.#signaling.request('wall:setLayout', { wallId, screen, layout });
  }

  addScreen(wallId: Id, layout: Layout): Promise<Answer<{ revision: number; screen: number }>> {
    return this.#signaling.request('wall:addScreen', { wallId, layout });
  }

  dockCameras(wallId: Id, screen: number, incidentId: Id, cameraIds: Id[]): Changed {
    return this.#signaling.request('wall:dockCameras', { wallId, screen, incidentId, cameraIds });
  }

  undo(wallId: Id): Promise<Answer<{ revision: number; undone: string }>> {
    return this.#signaling.request('wall:undo', { wallId });
  }

  async #read(wallId: Id, screen: number): Promise<void> {
    this.#joinCount += 1;
    const joinCount = this.#joinCount;
    // Presence is told once; another join of the same wall must not lose it.
    const presentBefore = this.#told?.wallId === wallId ? this.#told.present : null;
    const told: ToldMeanwhile = { wallId, changes: [], present: presentBefore };
    this.#told = told;
    const answer = await this.#signaling.request('wall:join', { wallId, screen });
    // Another join or a leave overtook this one.
    if (joinCount !== this.#joinCount) return;
    this.#told = null;
    if (answer.ok) {
      this.#handleWall(answer.value.wall, screen, told);
      return;
    }
    if (answer.error.code === 'notFound' || answer.error.code === 'badRequest') {
      this.store.setState({ state: 'notFound', wallId, screen }, true);
    } else if (this.store.getState().state !== 'joined' && answer.error.code !== 'timedOut') {
      this.store.setState({ state: 'failed', wallId, screen, message: answer.error.message }, true);
    }
    // A lost connection leaves what is there: joining goes on when the connection is back.
  }

  /** The wall as it was read, with what was told since it was asked for. */
  #handleWall(read: Wall, screen: number, told: ToldMeanwhile): void {
    const before = this.store.getState();
    const presentBefore = before.state === 'joined' && before.wallId === read.id ? before.present : [];
    let wall = read;
    let isBehind = false;
    for (const change of told.changes) {
      const after = applyWallChange(wall, change);
      if (after === 'gap') isBehind = true;
      else wall = after;
    }
    const present = told.present ?? presentBefore;
    this.store.setState({ state: 'joined', wallId: read.id, screen, wall, present }, true);
    if (isBehind) void this.rejoin();
  }

  #handlePresence(wallId: Id, present: WallPresence): void {
    if (this.#told?.wallId === wallId) this.#told.present = present;
    const state = this.store.getState();
    if (state.state === 'joined' && state.wallId === wallId) this.store.setState({ ...state, present }, true);
  }

  #handleChange(change: WallChange): void {
    const isReading = this.#told?.wallId === change.wallId;
    if (isReading) this.#told?.changes.push(change);
    const state = this.store.getState();
    if (state.state !== 'joined' || state.wallId !== change.wallId) return;
    const wall = applyWallChange(state.wall, change);
    if (wall === 'gap') {
      // While the wall is being read the answer decides whether something is missing.
      if (!isReading) void this.rejoin();
      return;
    }
    this.store.setState({ ...state, wall }, true);
  }
}
