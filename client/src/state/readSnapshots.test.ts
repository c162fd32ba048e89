import { incidentSchema } from '@commonsight/types/incident';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeSignaling, settle } from '../testing/fakeSignaling.ts';
import { aBreakGlassUse, aCamera, aGrant, aGrantRequest } from '../testing/records.ts';
import { createAlertsStore } from './alerts.ts';
import { createBreakGlassStore } from './breakGlass.ts';
import { createCamerasStore } from './cameras.ts';
import { createGrantRequestsStore } from './grantRequests.ts';
import { createGrantsStore } from './grants.ts';
import { handleNotifications } from './handleNotifications.ts';
import { createIncidentsStore, incidentsLoaded } from './incidents.ts';
import { createPolicyStore } from './policy.ts';
import { readIncident, readSnapshots } from './readSnapshots.ts';
import { createSitesStore } from './sites.ts';
import { createReviewsStore } from './reviews.ts';
import { createWitnessesStore } from './witnesses.ts';
import { createViewingsStore } from './viewings.ts';

const at = '2026-01-05T10:00:00.000Z';
const later = '2026-01-05T10:05:00.000Z';
const id = (digit: number) => `0192f0c1-0000-7000-8000-00000000000${digit}`;
const camera = aCamera({
  id: id(1),
  siteId: id(2),
  streams: [{ id: id(3), kind: 'main', health: { state: 'idle' } }],
});
const site = {
  id: id(2),
  name: 'Market District',
  address: '1 Market Street',
  isResidential: false,
  timeZone: null,
  position: { latitude: 43.04, longitude: -87.91 },
  relays: [
    {
      id: id(5),
      siteId: id(2),
      name: 'Market relay',
      enrolledAt: at,
      revokedAt: null,
      isOnline: true,
      onlineChangedAt: at,
    },
  ],
};
const incident = incidentSchema.parse({
  id: id(6),
  number: 2041,
  title: 'Robbery',
  priority: 1,
  position: { latitude: 43.04, longitude: -87.91 },
  isTraining: false,
  openedAt: at,
  closedAt: null,
  disposition: null,
  cameraIds: [],
  revision: 4,
});
const note = { id: id(7), incidentId: incident.id, at, kind: 'note' as const, author: null, text: 'On the way.' };
const grant = aGrant({ id: id(8), userId: id(9), incidentId: incident.id, cameraIds: [camera.id] });

/** A window whose server answers a request after something has been told. */
function setUp(answers: Record<string, unknown>, tellMeanwhile: (signaling: FakeSignaling) => void) {
  const signaling = new FakeSignaling({});
  const stores = {
    signaling,
    can: () => true,
    cameras: createCamerasStore(),
    sites: createSitesStore(),
    incidents: createIncidentsStore(),
    grants: createGrantsStore(),
    grantRequests: createGrantRequestsStore(),
    breakGlass: createBreakGlassStore(),
    policy: createPolicyStore(),
    viewings: createViewingsStore(),
    reviews: createReviewsStore(),
    alerts: createAlertsStore(),
    witnesses: createWitnessesStore(),
  };
  const stop = handleNotifications(stores);
  let isTold = false;
  vi.stubGlobal('fetch', async (path: string) => {
    // By then everything has been asked for.
    await settle();
    if (!isTold) tellMeanwhile(signaling);
    isTold = true;
    const [, name = ''] = /^\/api\/([^?]*)/.exec(path) ?? [];
    return Response.json(answers[name] ?? {});
  });
  return { stores, stop };
}

describe('readSnapshots', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('keeps what was told of cameras, relays and grants while they were read', async () => {
    const health = { state: 'stale', since: later } as const;
    const answers = { cameras: { cameras: [camera] }, sites: { sites: [site] }, grants: { grants: [grant] } };
    const { stores, stop } = setUp(answers, (signaling) => {
      signaling.tell('camera:healthChanged', { cameraId: camera.id, stream: 'main', streamId: id(3), health });
      signaling.tell('camera:watchersChanged', { cameraId: camera.id, watchers: [{ userId: id(9), name: 'K. Lo' }] });
      signaling.tell('relay:changed', { relayId: id(5), siteId: site.id, isOnline: false, at: later });
      signaling.tell('grant:changed', { grant: { ...grant, endedAt: later } });
    });
    await readSnapshots(stores);
    stop();
    expect(stores.cameras.getState().byId.get(camera.id)).toMatchObject({
      streams: [{ health }],
      watchers: [{ name: 'K. Lo' }],
    });
    expect(stores.sites.getState().byId.get(site.id)?.relays).toMatchObject([{ isOnline: false }]);
    expect(stores.grants.getState().byId.get(grant.id)?.endedAt).toBe(later);
  });

  it('reads the cameras anew when some were confirmed, and once more for those that were while it read', async () => {
    const answers = { cameras: { cameras: [camera] } };
    const { stores, stop } = setUp(answers, (signaling) => {
      answers.cameras.cameras = [camera, { ...camera, id: id(4) }];
      signaling.tell('cameras:changed', {});
    });
    stores.signaling.tell('cameras:changed', {});
    await vi.waitFor(() => expect(stores.cameras.getState().byId.size).toBe(2));
    stop();
  });

  it('keeps what was told of requests and break-glass while they were read', async () => {
    const user = { id: id(9), name: 'K. Lo', role: 'analyst' as const };
    const request = aGrantRequest({ id: id(1), user, incidentId: incident.id, cameraIds: [camera.id] });
    const use = aBreakGlassUse({ id: id(2), user, incidentId: incident.id, cameraIds: [camera.id] });
    const answers = { 'grant-requests': { requests: [request] }, 'break-glass': { uses: [use], overdue: 0 } };
    const { stores, stop } = setUp(answers, (signaling) => {
      signaling.tell('grantRequest:changed', { request: { ...request, state: 'denied' } });
      signaling.tell('breakGlass:changed', { use: { ...use, state: 'justified' } });
    });
    await readSnapshots(stores);
    stop();
    expect(stores.grantRequests.getState().byId.get(request.id)?.state).toBe('denied');
    expect(stores.breakGlass.getState().byId.get(use.id)?.state).toBe('justified');
    // The answer about the policy was no policy: that is known, and nothing waits for it.
    expect(stores.policy.getState().state).toBe('failed');
  });

  it('keeps incidents that were opened, changed or closed while they were read', async () => {
    const changed = { ...incident, title: 'Armed robbery', revision: 5 };
    const opened = { ...incident, id: id(1), number: 2042, revision: 0 };
    const { stores, stop } = setUp({ incidents: { incidents: [incident] } }, (signaling) => {
      signaling.tell('incident:changed', { incident: changed });
      signaling.tell('incident:changed', { incident: opened });
    });
    const gone = { ...incident, id: id(2), number: 2000 };
    incidentsLoaded(stores.incidents, [incident, gone]);
    await readSnapshots(stores);
    stop();
    expect([...stores.incidents.getState().byId.values()]).toEqual([changed, opened]);
  });

  it('keeps an incident and its notes that came while it was read', async () => {
    const closed = { ...incident, closedAt: later, disposition: 'resolved' as const, revision: 5 };
    const answer = { incident, timeline: [{ ...note, id: id(1), text: 'Opened.' }] };
    const { stores, stop } = setUp({ [`incidents/${incident.id}`]: answer }, (signaling) => {
      signaling.tell('incident:changed', { incident: closed });
      signaling.tell('incident:noted', { entry: note });
      signaling.tell('incident:noted', { entry: { ...note, id: id(2), incidentId: id(3) } });
    });
    await readIncident(stores, incident.id);
    stop();
    expect(stores.incidents.getState().byId.get(incident.id)).toEqual(closed);
    const texts = stores.incidents
      .getState()
      .timelines.get(incident.id)
      ?.map(({ text }) => text);
    expect(texts).toEqual(['Opened.', 'On the way.']);
  });
});
