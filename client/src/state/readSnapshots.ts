import { routes } from '@commonsight/types/http/routes';
import type { Permission } from '@commonsight/types/permission';
import { call } from '../api/call.ts';
import { type CamerasStore, camerasLoaded } from './cameras.ts';
import { grantsLoaded, type GrantsStore } from './grants.ts';
import { incidentsLoaded, type IncidentsStore, timelineLoaded } from './incidents.ts';
import { sitesLoaded, type SitesStore } from './sites.ts';

interface SnapshotStores {
  can(permission: Permission): boolean;
  cameras: CamerasStore;
  sites: SitesStore;
  incidents: IncidentsStore;
  grants: GrantsStore;
}

/** Reads whole what notifications keep up to date: at the first connection, and after every gap in it. */
export async function readSnapshots(stores: SnapshotStores): Promise<void> {
  await Promise.all([
    stores.can('camera.list') ? readCameras(stores) : null,
    stores.can('site.read') ? readSites(stores) : null,
    stores.can('incident.read') ? readIncidents(stores) : null,
    stores.can('grant.request') ? readGrants(stores) : null,
  ]);
}

async function readCameras({ cameras }: SnapshotStores): Promise<void> {
  const result = await call(routes.listCameras);
  if (result.state === 'ok') camerasLoaded(cameras, result.value.cameras);
}

async function readSites({ sites }: SnapshotStores): Promise<void> {
  const result = await call(routes.listSites);
  if (result.state === 'ok') sitesLoaded(sites, result.value.sites);
}

async function readIncidents({ incidents }: SnapshotStores): Promise<void> {
  const result = await call(routes.listIncidents, { query: { state: 'open' } });
  if (result.state !== 'ok') return;
  incidentsLoaded(incidents, result.value.incidents);
  // Timelines that were open may have missed lines.
  await Promise.all([...incidents.getState().timelines.keys()].map((id) => readIncident(incidents, id)));
}

/** Reads one incident with its timeline, which then grows by notifications. */
export async function readIncident(incidents: IncidentsStore, id: string) {
  const result = await call(routes.getIncident, { params: { id } });
  if (result.state === 'ok') {
    incidents.setState({ byId: new Map(incidents.getState().byId).set(id, result.value.incident) });
    timelineLoaded(incidents, id, result.value.timeline);
  }
  return result;
}

async function readGrants({ grants }: SnapshotStores): Promise<void> {
  const result = await call(routes.listGrants);
  if (result.state === 'ok') grantsLoaded(grants, result.value.grants);
}
