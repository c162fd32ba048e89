import type { Watcher } from '@commonsight/types/camera';
import type { LiveViewing } from './LiveViewing.ts';

/** The viewings that have not ended. There are hundreds at most, so that every question walks through all of them. */
export class ViewingRegistry {
  readonly #viewings = new Map<string, LiveViewing>();

  add(viewing: LiveViewing): void {
    this.#viewings.set(viewing.id, viewing);
  }

  /** Whether it was there. */
  remove(viewing: LiveViewing): boolean {
    return this.#viewings.delete(viewing.id);
  }

  find(id: string): LiveViewing | null {
    return this.#viewings.get(id) ?? null;
  }

  where(condition: (viewing: LiveViewing) => boolean): LiveViewing[] {
    return [...this.#viewings.values()].filter(condition);
  }

  ofPeer(peerId: string): LiveViewing[] {
    return this.where((viewing) => viewing.peerId === peerId);
  }

  /** Those for whose sake the stream has to run. */
  ofStream(streamId: string): LiveViewing[] {
    return this.where((viewing) => viewing.streamId === streamId && viewing.state !== 'ending');
  }

  /** Everybody who looks at a camera now, each once. */
  watchersOf(cameraId: string): Watcher[] {
    const names = new Map<string, string>();
    for (const { cameraId: watched, user, state } of this.#viewings.values()) {
      if (watched === cameraId && state === 'running') names.set(user.id, user.name);
    }
    return [...names].map(([userId, name]) => ({ userId, name })).sort((a, b) => (a.userId < b.userId ? -1 : 1));
  }
}
