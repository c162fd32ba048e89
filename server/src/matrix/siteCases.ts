import type { RouteName } from '@commonsight/types/http/routes';
import { newId } from '../ids.ts';
import { administrators, listing, type RouteCase } from './cases.ts';

const ok = [200];
const position = { latitude: 43.04, longitude: -87.91 };

/** The relays of the matrix are not connected: who may hears that, and nobody else. */
const onSilentRelay = (body?: unknown): RouteCase => ({
  may: administrators,
  own: [503],
  foreign: 404,
  ask: async ({ target }) => ({ id: await target.relay(), body }),
});

type SiteRoute = Extract<
  RouteName,
  | 'listSites'
  | 'createSite'
  | 'changeSite'
  | 'createEnrolmentCode'
  | 'revokeRelay'
  | 'readRelaySealing'
  | 'discoverCameras'
  | 'testNewCamera'
  | 'readRelayHealth'
  | 'listSiteCameras'
  | 'confirmCameras'
  | 'keepNewCamera'
>;

/** Sites with their relays, and the cameras that are brought to these. */
export const siteCases: Readonly<Record<SiteRoute, RouteCase | readonly RouteCase[]>> = {
  listSites: { may: listing, own: ok, foreign: null },
  createSite: {
    may: administrators,
    own: ok,
    foreign: null,
    ask: async () => ({ body: { name: 'S', address: '1 A St', position } }),
  },
  changeSite: {
    may: administrators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: target.siteId, body: { isResidential: false } }),
  },
  createEnrolmentCode: [
    { may: administrators, own: ok, foreign: 404, ask: async ({ target }) => ({ id: await target.site() }) },
    {
      may: administrators,
      own: [409],
      foreign: 404,
      ask: async ({ target }) => {
        await target.relay();
        return { id: target.siteId };
      },
    },
  ],
  revokeRelay: {
    may: administrators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.relay() }),
  },

  readRelaySealing: onSilentRelay(),
  discoverCameras: onSilentRelay(),
  testNewCamera: onSilentRelay({ sealed: 'A'.repeat(200) }),
  readRelayHealth: onSilentRelay(),
  listSiteCameras: {
    may: administrators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: target.siteId }),
  },
  confirmCameras: [
    {
      may: administrators,
      own: ok,
      foreign: 404,
      ask: async ({ target }) => ({ id: target.siteId, body: { cameraIds: [target.cameraId] } }),
    },
    {
      may: administrators,
      own: ok,
      foreign: 404,
      ask: async ({ home, target }) => ({ id: home.siteId, body: { cameraIds: [target.cameraId] } }),
    },
  ],
  keepNewCamera: {
    may: administrators,
    own: [503],
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.relay(), body: { ticket: newId(), cameraId: target.cameraId } }),
  },
};
