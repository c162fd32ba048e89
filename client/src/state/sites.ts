import type { Id } from '@commonsight/types/ids';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { Relay, Site } from '@commonsight/types/site';
import { createStore } from 'zustand/vanilla';

export interface SitesState {
  isLoaded: boolean;
  byId: ReadonlyMap<Id, Site>;
}

export function createSitesStore() {
  return createStore<SitesState>()(() => ({ isLoaded: false, byId: new Map() }));
}

export type SitesStore = ReturnType<typeof createSitesStore>;

export function sitesLoaded(store: SitesStore, sites: readonly Site[]): void {
  store.setState({ isLoaded: true, byId: new Map(sites.map((site) => [site.id, site])) });
}

export function siteMade(store: SitesStore, site: Site): void {
  store.setState({ byId: new Map(store.getState().byId).set(site.id, site) });
}

export function relayChanged(store: SitesStore, change: NotificationOf<'relay:changed'>): void {
  const site = store.getState().byId.get(change.siteId);
  if (site === undefined) return;
  const relays = site.relays.map((relay) =>
    relay.id === change.relayId ? { ...relay, isOnline: change.isOnline, onlineChangedAt: change.at } : relay,
  );
  store.setState({ byId: new Map(store.getState().byId).set(site.id, { ...site, relays }) });
}

export function relayRevoked(store: SitesStore, revoked: Relay): void {
  const site = store.getState().byId.get(revoked.siteId);
  if (site === undefined) return;
  const relays = site.relays.map((relay) => (relay.id === revoked.id ? revoked : relay));
  store.setState({ byId: new Map(store.getState().byId).set(site.id, { ...site, relays }) });
}

/** Since when a site has no relay that is online, as a moment; null when one is, or when the site is not known. */
export function offlineSince(site: Site | undefined): string | null {
  const relays = site?.relays.filter((relay) => relay.revokedAt === null) ?? [];
  if (relays.length === 0 || relays.some((relay) => relay.isOnline)) return null;
  return (
    relays
      .map((relay) => relay.onlineChangedAt ?? relay.enrolledAt)
      .toSorted()
      .at(-1) ?? null
  );
}

/** Relays that should be online and are not. */
export function offlineRelayCount(sites: SitesState): number {
  let count = 0;
  for (const site of sites.byId.values()) {
    count += site.relays.filter((relay) => relay.revokedAt === null && !relay.isOnline).length;
  }
  return count;
}
