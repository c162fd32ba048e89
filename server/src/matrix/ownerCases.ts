import type { RouteName } from '@commonsight/types/http/routes';
import { newId } from '../ids.ts';
import { dispatching, everybody, operators, type RouteCase } from './cases.ts';

type OwnerRoute = Extract<
  RouteName,
  | 'readLedger'
  | 'readOwnerRelay'
  | 'readOwnerUpload'
  | 'readOwnerHealth'
  | 'readDigest'
  | 'askDigest'
  | 'stopDigest'
  | 'confirmDigest'
  | 'showUnsubscribe'
  | 'unsubscribe'
  | 'pairOwner'
  | 'preparePreview'
  | 'startPreview'
  | 'openPreview'
  | 'connectPreview'
  | 'keepPreview'
  | 'stopPreview'
  | 'offerSharing'
  | 'takeStill'
  | 'prepareAlert'
  | 'orderAlert'
  | 'readOwnerPush'
  | 'orderOwnerPush'
  | 'listAlerts'
  | 'answerAlert'
  | 'saveSiteCard'
  | 'readOwnSiteCard'
  | 'readSiteCard'
  | 'readSitePlan'
>;

const dtlsParameters = { fingerprints: [{ algorithm: 'sha-256', value: 'AA' }] };
const unknownSecret = 's'.repeat(43);

const onPreview = (body?: unknown): RouteCase => ({
  ...everybody([404]),
  ask: async () => ({ id: newId(), body }),
});

const bySecret = (own: readonly number[]): RouteCase => ({
  ...everybody(own),
  ask: async () => ({ id: unknownSecret }),
});

/** What owners read and order by their links, and what operators do about their alerts. */
export const ownerCases: Readonly<Record<OwnerRoute, RouteCase>> = {
  // Without a link's secret there is nothing to read.
  readLedger: everybody([404]),
  readOwnerRelay: everybody([404]),
  readOwnerUpload: everybody([404]),
  readOwnerHealth: everybody([404]),
  readDigest: everybody([404]),
  askDigest: everybody([404], { email: 'nobody@test.example', language: 'en', timeZone: 'UTC' }),
  stopDigest: everybody([404]),
  confirmDigest: everybody([410], { secret: unknownSecret }),
  showUnsubscribe: bySecret([200]),
  unsubscribe: bySecret([404]),
  pairOwner: everybody([404], {
    relayId: newId(),
    request: { ownerKey: 'k'.repeat(59), nonce: 'n'.repeat(22), proof: 'p'.repeat(43) },
  }),
  offerSharing: everybody([404], { relayId: newId(), signed: { document: 'e30', signature: 'c2ln' } }),
  takeStill: everybody([404], { relayId: newId(), signed: { request: 'e30', signature: 'c2ln' } }),
  preparePreview: everybody([404], { relayId: newId() }),
  startPreview: everybody([404], { relayId: newId(), signed: { order: 'e30', signature: 'c2ln' } }),
  openPreview: onPreview({ rtpCapabilities: {} }),
  connectPreview: onPreview({ transportId: 't', dtlsParameters }),
  keepPreview: onPreview(),
  stopPreview: onPreview(),
  prepareAlert: everybody([404], { relayId: newId() }),
  orderAlert: everybody([404], { relayId: newId(), signed: { order: 'e30', signature: 'c2ln' } }),
  readOwnerPush: everybody([404]),
  orderOwnerPush: everybody([404], { relayId: newId(), signed: { order: 'e30', signature: 'c2ln' } }),
  listAlerts: { may: operators, own: [200], foreign: null },
  answerAlert: {
    may: dispatching,
    own: [200],
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.alert() }),
  },
  saveSiteCard: everybody([404], { relayId: newId(), signed: { card: 'e30', signature: 'c2ln' }, plan: null }),
  readOwnSiteCard: everybody([404], { relayId: newId(), signed: { reading: 'e30', signature: 'c2ln' } }),
  readSiteCard: {
    may: operators,
    own: [200],
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.alert() }),
  },
  // A site without a card has no plan either.
  readSitePlan: {
    may: operators,
    own: [404],
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.alert() }),
  },
};
