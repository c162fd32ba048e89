import type { SignalingClient } from '../signaling/SignalingClient.ts';
import { cameraHealthChanged, type CamerasStore, cameraWatchersChanged } from './cameras.ts';
import { grantChanged, type GrantsStore } from './grants.ts';
import { incidentChanged, incidentNoted, type IncidentsStore } from './incidents.ts';
import { relayChanged, type SitesStore } from './sites.ts';
import { viewingEnded, viewingStarted, type ViewingsStore, viewingTraffic } from './viewings.ts';

interface NotifiedStores {
  signaling: SignalingClient;
  cameras: CamerasStore;
  sites: SitesStore;
  incidents: IncidentsStore;
  grants: GrantsStore;
  viewings: ViewingsStore;
}

/** Every notification that only brings a store up to date. */
export function handleNotifications(stores: NotifiedStores): void {
  const { signaling } = stores;
  signaling.on('camera:healthChanged', (change) => cameraHealthChanged(stores.cameras, change));
  signaling.on('camera:watchersChanged', (change) => {
    cameraWatchersChanged(stores.cameras, change.cameraId, change.watchers);
  });
  signaling.on('relay:changed', (change) => relayChanged(stores.sites, change));
  signaling.on('incident:changed', ({ incident }) => incidentChanged(stores.incidents, incident));
  signaling.on('incident:noted', ({ entry }) => incidentNoted(stores.incidents, entry));
  signaling.on('grant:changed', ({ grant }) => grantChanged(stores.grants, grant));
  signaling.on('viewing:started', ({ viewing }) => viewingStarted(stores.viewings, viewing));
  signaling.on('viewing:ended', ({ viewing }) => viewingEnded(stores.viewings, viewing));
  signaling.on('viewing:traffic', ({ traffic }) => viewingTraffic(stores.viewings, traffic));
}
