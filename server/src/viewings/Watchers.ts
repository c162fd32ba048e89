import type { Watcher } from '@commonsight/types/camera';

/** Tells who looks at a camera whenever that has changed, and only then. */
export class Watchers {
  readonly #told = new Map<string, string>();
  readonly #watchersOf: (cameraId: string) => Watcher[];
  readonly #tell: (agencyId: string, cameraId: string, watchers: Watcher[]) => void;

  constructor(options: {
    watchersOf: (cameraId: string) => Watcher[];
    tell: (agencyId: string, cameraId: string, watchers: Watcher[]) => void;
  }) {
    this.#watchersOf = options.watchersOf;
    this.#tell = options.tell;
  }

  /** Viewings of these cameras began or ended. */
  changed(viewings: Iterable<{ agencyId: string; cameraId: string }>): void {
    for (const { agencyId, cameraId } of viewings) {
      const watchers = this.#watchersOf(cameraId);
      const ids = watchers.map((watcher) => watcher.userId).join();
      if (ids === (this.#told.get(cameraId) ?? '')) continue;
      if (ids === '') this.#told.delete(cameraId);
      else this.#told.set(cameraId, ids);
      this.#tell(agencyId, cameraId, watchers);
    }
  }
}
