import { expect, test } from 'vitest';
import { createSitesStore, offlineRelayCount, offlineSince, relayRevoked, sitesLoaded } from './sites.ts';

const at = '2026-01-05T10:00:00.000Z';
const idOf = (count: number) => `00000000-0000-4000-8000-00000000000${count}`;
const relay = {
  id: idOf(2),
  siteId: idOf(1),
  name: 'Market',
  enrolledAt: at,
  revokedAt: null,
  isOnline: false,
  onlineChangedAt: at,
};
const site = {
  id: idOf(1),
  name: 'Market',
  address: '1 Market St',
  isResidential: false,
  timeZone: null,
  position: { latitude: 43, longitude: -87 },
  relays: [relay],
};

test('a revoked relay is not one that should be online', () => {
  const store = createSitesStore();
  sitesLoaded(store, [site]);
  expect(offlineRelayCount(store.getState())).toBe(1);
  relayRevoked(store, { ...relay, revokedAt: at });
  expect(offlineRelayCount(store.getState())).toBe(0);
  expect(offlineSince(store.getState().byId.get(site.id))).toBeNull();
  relayRevoked(store, { ...relay, siteId: idOf(9), revokedAt: at });
  expect(store.getState().byId.size).toBe(1);
});
