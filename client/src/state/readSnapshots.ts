import { routes } from '@commonsight/types/http/routes';
import type { Permission } from '@commonsight/types/permission';
import { call } from '../api/call.ts';
import { listenWhile } from '../signaling/listenWhile.ts';
import type { SignalingClient } from '../signaling/SignalingClient.ts';
import { type AlertsStore, readAlerts } from './alerts.ts';
import {
  camerasLoaded,
  type CamerasStore,
  healthChange,
  sharingChange,
  type ToldChange,
  watchersChange,
} from './cameras.ts';
import { type BreakGlassStore, readBreakGlass } from './breakGlass.ts';
import { type GrantRequestsStore, readGrantRequests } from './grantRequests.ts';
import { grantChanged, grantsLoaded, type GrantsStore } from './grants.ts';
import { incidentChanged, incidentsLoaded, type IncidentsStore, timelineLoaded } from './incidents.ts';
import { type PolicyStore, readPolicy } from './policy.ts';
import { readWitnesses, type WitnessesStore } from './witnesses.ts';
import { relayChanged, sitesLoaded, type SitesStore } from './sites.ts';

interface SnapshotStores {
  can(permission: Permission): boolean;
  signaling: Pick<SignalingClient, 'on'>;
  alerts: AlertsStore;
  cameras: CamerasStore;
  sites: SitesStore;
  incidents: IncidentsStore;
  grants: GrantsStore;
  grantRequests: GrantRequestsStore;
  breakGlass: BreakGlassStore;
  policy: PolicyStore;
  witnesses: WitnessesStore;
}

/**
 * Reads whole what notifications keep up to date: at the first connection, and after every gap in it. An answer never
 * takes back what was told while it was under way.
 */
export async function readSnapshots(stores: SnapshotStores): Promise<void> {
  await Promise.all([
    stores.can('camera.list') ? readCameras(stores) : null,
    stores.can('site.read') ? readSites(stores) : null,
    stores.can('alert.read') ? readAlerts(stores.alerts, stores.signaling) : null,
    stores.can('incident.read') ? readIncidents(stores) : null,
    ...(stores.can('grant.request')
      ? [
          readGrants(stores),
          readGrantRequests(stores.grantRequests, stores.signaling),
          readBreakGlass(stores.breakGlass, stores.signaling),
          readPolicy(stores.policy),
        ]
      : []),
    stores.can('audit.read') ? readWitnesses(stores.witnesses, stores.signaling) : null,
  ]);
}

/** Keeps what is told of cameras while they are read. */
export async function readCameras({
  signaling,
  cameras,
}: Pick<SnapshotStores, 'signaling' | 'cameras'>): Promise<void> {
  const names = ['camera:healthChanged', 'camera:watchersChanged', 'camera:sharingChanged'] as const;
  const { result, told } = await listenWhile(signaling, names, () => call(routes.listCameras));
  if (result.state !== 'ok') return;
  const changes = told.map((one): ToldChange => {
    const { cameraId } = one.payload;
    if (one.name === 'camera:healthChanged') return { cameraId, change: healthChange(one.payload) };
    if (one.name === 'camera:watchersChanged') return { cameraId, change: watchersChange(one.payload.watchers) };
    return { cameraId, change: sharingChange(one.payload.sharingMode) };
  });
  camerasLoaded(cameras, result.value.cameras, changes);
}

async function readSites({ signaling, sites }: SnapshotStores): Promise<void> {
  const { result, told } = await listenWhile(signaling, ['relay:changed'], () => call(routes.listSites));
  if (result.state !== 'ok') return;
  sitesLoaded(sites, result.value.sites);
  for (const { payload } of told) relayChanged(sites, payload);
}

async function readIncidents(stores: SnapshotStores): Promise<void> {
  const { incidents } = stores;
  const before = incidents.getState().byId;
  const result = await call(routes.listIncidents, { query: { state: 'open' } });
  if (result.state !== 'ok') return;
  incidentsLoaded(incidents, result.value.incidents, before);
  // Timelines that were open may have missed lines.
  await Promise.all([...incidents.getState().timelines.keys()].map((id) => readIncident(stores, id)));
}

/** Reads one incident with its timeline, which then grows by notifications. */
export async function readIncident(
  { signaling, incidents }: Pick<SnapshotStores, 'signaling' | 'incidents'>,
  id: string,
) {
  const { result, told } = await listenWhile(signaling, ['incident:noted'], () =>
    call(routes.getIncident, { params: { id } }),
  );
  if (result.state === 'ok') {
    incidentChanged(incidents, result.value.incident);
    const noted = told.map(({ payload }) => payload.entry).filter((entry) => entry.incidentId === id);
    timelineLoaded(incidents, id, [...result.value.timeline, ...noted]);
  }
  return result;
}

async function readGrants({ signaling, grants }: SnapshotStores): Promise<void> {
  const { result, told } = await listenWhile(signaling, ['grant:changed'], () => call(routes.listGrants));
  if (result.state !== 'ok') return;
  grantsLoaded(grants, result.value.grants);
  for (const { payload } of told) grantChanged(grants, payload.grant);
}
