import type { Answer } from '@commonsight/types/answer';
import type { Id } from '@commonsight/types/ids';
import type { Layout } from '@commonsight/types/layout';
import type { SignalingClient } from '../signaling/SignalingClient.ts';
import { applyWallChange, createWallStore, type WallChange, type WallStore } from './wall.ts';

type Changed = Promise<Answer<{ revision: number }>>;

/**
 * The wall of this window: joins it, follows its changes and asks for new ones. A change is not shown before the
 * server has told it to everybody; the round trip is shorter than what an eye sees, and nothing has to be taken back.
 */
export class WallControl {
  readonly store: WallStore = createWallStore();
  readonly #signaling: SignalingClient;
  #joinCount = 0;

  private constructor(signaling: SignalingClient) {
    this.#signaling = signaling;
  }

  static create(signaling: SignalingClient): WallControl {
    const control = new WallControl(signaling);
    signaling.on('wall:changed', (change) => control.#handleChange(change));
    signaling.on('wall:presenceChanged', ({ wallId, present }) => {
      const state = control.store.getState();
      if (state.state === 'joined' && state.wallId === wallId) control.store.setState({ ...state, present }, true);
    });
    return control;
  }

  /** Joins a wall and shows one of its screens. Joining the wall that is joined changes the screen. */
  async join(wallId: Id, screen: number): Promise<void> {
    const before = this.store.getState();
    if (before.state !== 'none' && before.wallId !== wallId) await this.leave();
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
    const answer = await this.#signaling.request('wall:join', { wallId, screen });
    // Another join or a leave overtook this one.
    if (joinCount !== this.#joinCount) return;
    if (answer.ok) {
      const before = this.store.getState();
      const present = before.state === 'joined' ? before.present : [];
      this.store.setState({ state: 'joined', wallId, screen, wall: answer.value.wall, present }, true);
      return;
    }
    if (answer.error.code === 'notFound' || answer.error.code === 'badRequest') {
      this.store.setState({ state: 'notFound', wallId, screen }, true);
    } else if (this.store.getState().state !== 'joined' && answer.error.code !== 'timedOut') {
      this.store.setState({ state: 'failed', wallId, screen, message: answer.error.message }, true);
    }
    // A lost connection leaves what is there: joining goes on when the connection is back.
  }

  #handleChange(change: WallChange): void {
    const state = this.store.getState();
    if (state.state !== 'joined' || state.wallId !== change.wallId) return;
    const wall = applyWallChange(state.wall, change);
    if (wall === 'gap') {
      void this.rejoin();
      return;
    }
    this.store.setState({ ...state, wall }, true);
  }
}
