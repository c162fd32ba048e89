import type { SignalingClient } from '../signaling/SignalingClient.ts';
import { alertChanged, type AlertsStore } from './alerts.ts';
import {
  type CameraChange,
  type CamerasStore,
  changeCameras,
  healthChange,
  sharingChange,
  type ToldChange,
  watchersChange,
} from './cameras.ts';
import { breakGlassChanged, type BreakGlassStore } from './breakGlass.ts';
import { grantRequestChanged, type GrantRequestsStore } from './grantRequests.ts';
import { grantChanged, type GrantsStore } from './grants.ts';
import { incidentChanged, incidentNoted, type IncidentsStore } from './incidents.ts';
import { type PolicyStore, readPolicy } from './policy.ts';
import { readCameras } from './readSnapshots.ts';
import { relayChanged, type SitesStore } from './sites.ts';
import { reviewChanged, type ReviewsStore } from './reviews.ts';
import { readWitnesses, witnessChanged, type WitnessesStore } from './witnesses.ts';
import { viewingEnded, viewingStarted, type ViewingsStore, viewingTraffic } from './viewings.ts';

interface NotifiedStores {
  signaling: Pick<SignalingClient, 'on'>;
  alerts: AlertsStore;
  cameras: CamerasStore;
  sites: SitesStore;
  incidents: IncidentsStore;
  grants: GrantsStore;
  grantRequests: GrantRequestsStore;
  breakGlass: BreakGlassStore;
  policy: PolicyStore;
  viewings: ViewingsStore;
  reviews: ReviewsStore;
  witnesses: WitnessesStore;
}

/** A relay that goes tells of every stream by itself; the screen is drawn once for all of them. */
const gatherCameraChangesMs = 40;

/** Every notification that only brings a store up to date. Returns the function that stops it. */
export function handleNotifications(stores: NotifiedStores): () => void {
  const { signaling } = stores;
  let gathered: ToldChange[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    changeCameras(stores.cameras, gathered);
    gathered = [];
  };
  const gather = (cameraId: string, change: CameraChange): void => {
    gathered.push({ cameraId, change });
    timer ??= setTimeout(flush, gatherCameraChangesMs);
  };
  signaling.on('camera:healthChanged', (change) => gather(change.cameraId, healthChange(change)));
  signaling.on('camera:watchersChanged', ({ cameraId, watchers }) => gather(cameraId, watchersChange(watchers)));
  signaling.on('camera:sharingChanged', ({ cameraId, sharingMode }) => gather(cameraId, sharingChange(sharingMode)));
  signaling.on(
    'cameras:changed',
    oneAfterTheOther(() => readCameras(stores)),
  );
  signaling.on('alert:changed', ({ alert }) => alertChanged(stores.alerts, alert));
  signaling.on('relay:changed', (change) => relayChanged(stores.sites, change));
  signaling.on('incident:changed', ({ incident }) => incidentChanged(stores.incidents, incident));
  signaling.on('incident:noted', ({ entry }) => incidentNoted(stores.incidents, entry));
  signaling.on('grant:changed', ({ grant }) => grantChanged(stores.grants, grant));
  signaling.on('grantRequest:changed', ({ request }) => grantRequestChanged(stores.grantRequests, request));
  signaling.on('breakGlass:changed', ({ use }) => breakGlassChanged(stores.breakGlass, use));
  // A proposal that was refused, or that waits, has changed nothing.
  signaling.on('policy:changed', ({ proposal }) => {
    if (proposal.state === 'approved') void readPolicy(stores.policy);
  });
  signaling.on('viewing:started', ({ viewing }) => viewingStarted(stores.viewings, viewing));
  signaling.on('viewing:ended', ({ viewing }) => viewingEnded(stores.viewings, viewing));
  signaling.on('viewing:traffic', ({ traffic }) => viewingTraffic(stores.viewings, traffic));
  signaling.on('review:changed', ({ review }) => reviewChanged(stores.reviews, review));
  signaling.on('witness:changed', (change) => {
    if (!witnessChanged(stores.witnesses, change)) void readWitnesses(stores.witnesses, signaling);
  });
  return () => clearTimeout(timer);
}

/** Asked for while it reads, it reads once more afterwards: of two readings at once the older might come in last. */
function oneAfterTheOther(read: () => Promise<void>): () => void {
  let isReading = false;
  let isAskedAgain = false;
  const ask = (): void => {
    isAskedAgain = isReading;
    if (isReading) return;
    isReading = true;
    void read().finally(() => {
      isReading = false;
      if (isAskedAgain) ask();
    });
  };
  return ask;
}
