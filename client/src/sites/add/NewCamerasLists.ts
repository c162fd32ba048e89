import { NewCamerasList, type NewCamerasSite } from './NewCamerasList.ts';

/** The lists of new cameras of all sites and relays: a look at another site, or a relay that is away, loses none. */
export class NewCamerasLists {
  readonly #lists = new Map<string, NewCamerasList>();

  /** The list for a relay and its key; made when it is asked for first. */
  of(site: NewCamerasSite): NewCamerasList {
    const { siteId, target } = site;
    const key = `${siteId} ${target.relayId} ${target.sealingPoint}`;
    const list = this.#lists.get(key) ?? new NewCamerasList(site);
    this.#lists.set(key, list);
    return list;
  }

  /** Lines that would be lost with the page. */
  get hasUnsaved(): boolean {
    return [...this.#lists.values()].some(({ store }) =>
      store.getState().lines.some(({ state }) => state.is !== 'saved' && state.is !== 'recorded'),
    );
  }

  /** Ends what runs. */
  cancel(): void {
    for (const list of this.#lists.values()) list.cancel();
  }
}
