import { readFileSync } from 'node:fs';
import type { Route } from '@commonsight/types/http/route';
import { routes } from '@commonsight/types/http/routes';
import { type Role, rolePermissions, roleSchema } from '@commonsight/types/permission';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startedApplication } from './applications/testing/seedTestApplication.ts';
import { referenceCityFile } from './config.ts';
import { newId } from './ids.ts';
import { addRoute } from './plugins/addRoute.ts';
import { RequestBudget } from './plugins/RequestBudget.ts';
import { UserTurns } from './plugins/UserTurns.ts';
import { startedRegistration, testContact, testDetails } from './registry/testing/seedTestRegistration.ts';
import { useNotice } from './sessions/useNotice.ts';
import { refuseUncontracted } from './plugins/refuseUncontracted.ts';
import { type TestClient, type TestServer, createTestServer } from './testing/createTestServer.ts';

let server: TestServer;
const clients = new Map<Role, TestClient>();

beforeAll(async () => {
  server = await createTestServer();
  for (const role of roleSchema.options) clients.set(role, await server.signIn(role));
});

afterAll(() => server.close());

const position = { latitude: 43.04, longitude: -87.91 };
const viewCone = { bearingDegrees: 0, angleDegrees: 60, rangeMetres: 50 };

const searchWindow = { from: '2026-01-01T10:00:00.000Z', to: '2026-01-01T11:00:00.000Z' };
const proof = { token: 'made.up', solution: '1' };

const footageAsk = {
  sources: [{ kind: 'registered', id: newId() }],
  incidentId: null,
  caseNumber: '12',
  window: searchWindow,
  shape: { kind: 'point', point: position, radiusMetres: 100 },
  place: 'Here',
  deadline: new Date(Date.now() + 86_400_000).toISOString(),
  timeZone: 'America/Chicago',
  text: 'A van',
};

/** The routes that take a body: each needs one below, or this file does not compile. */
type RouteWithBody = {
  [Name in keyof typeof routes]: (typeof routes)[Name] extends { body: unknown } ? Name : never;
}[keyof typeof routes];

/** A body that each route's schema accepts. */
const bodies: Record<RouteWithBody, object> = {
  createCamera: { siteId: newId(), name: 'C', position, viewCone },
  changeCamera: { name: 'D' },
  createWall: { name: 'W', layout: '4', incidentId: null },
  createIncident: { title: 'I', priority: 1, position },
  changeIncident: { title: 'J' },
  noteIncident: { text: 'N' },
  closeIncident: { disposition: 'resolved' },
  requestGrant: { incidentId: newId(), purpose: 'publicEvent', cameraIds: [newId()] },
  closeReview: { finding: 'justified', note: 'N' },
  changeShift: { shift: null },
  testNewCamera: { sealed: 'A'.repeat(200) },
  confirmCameras: { cameraIds: [newId()] },
  keepNewCamera: { ticket: newId(), cameraId: newId() },
  endViewing: { note: 'Enough' },
  suspendUser: { note: 'Enough' },
  endOperatorSession: { note: 'Enough' },
  sendMessage: { text: 'Call me' },
  createCameraGroup: { name: 'G', cameraIds: [], rules: [] },
  changeCameraGroup: { name: 'G', cameraIds: [], rules: [] },
  revokeGrant: { note: 'Enough' },
  requestApproval: { incidentId: newId(), purpose: 'publicEvent', cameraIds: [newId()], note: 'Case 12' },
  approveGrantRequest: { note: null },
  denyGrantRequest: { note: 'Not your area' },
  breakGlass: {
    incidentId: newId(),
    purpose: 'publicEvent',
    cameraIds: [newId()],
    reauthentication: { factor: 'password', password: 'something' },
  },
  justifyBreakGlass: { text: 'Somebody called for help from inside.' },
  changeSite: { isResidential: true },
  proposePolicy: { text: readFileSync(referenceCityFile, 'utf8') },
  openFinding: { sequences: [1], note: 'Something that is odd' },
  closeFinding: { outcome: 'It was explained' },
  pairOwner: {
    relayId: newId(),
    request: { ownerKey: 'k'.repeat(59), nonce: 'n'.repeat(22), proof: 'p'.repeat(43) },
  },
  askDigest: { email: 'nobody@test.example', language: 'en', timeZone: 'UTC' },
  confirmDigest: { secret: 's'.repeat(43) },
  preparePreview: { relayId: newId() },
  startPreview: { relayId: newId(), signed: { order: 'e30', signature: 'c2ln' } },
  openPreview: { rtpCapabilities: {} },
  connectPreview: { transportId: 't', dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: 'AA' }] } },
  prepareAlert: { relayId: newId() },
  orderAlert: { relayId: newId(), signed: { order: 'e30', signature: 'c2ln' } },
  saveSiteCard: { relayId: newId(), signed: { card: 'e30', signature: 'c2ln' }, plan: null },
  readOwnSiteCard: { relayId: newId(), signed: { reading: 'e30', signature: 'c2ln' } },
  orderOwnerPush: { relayId: newId(), signed: { order: 'e30', signature: 'c2ln' } },
  offerSharing: { relayId: newId(), signed: { document: 'e30', signature: 'c2ln' } },
  takeStill: { relayId: newId(), signed: { request: 'e30', signature: 'c2ln' } },
  withholdIncident: { days: 3, note: 'A reason that says why' },
  startRegistration: { ...startedRegistration, proof },
  startApplication: { ...startedApplication, proof },
  openApplication: { secret: 's'.repeat(43) },
  withdrawApplication: { secret: 's'.repeat(43) },
  approveApplication: { name: 'A', timeZone: 'America/Chicago' },
  refuseApplication: { reason: 'notNeeded' },
  changeRegistryArea: { area: null },
  addRegistrations: { cameras: [testDetails], consent: startedRegistration.consent },
  mailRegistrantLink: { agency: 'test-agency', email: 'nobody@test.example', proof },
  openRegistrantLink: { secret: 's'.repeat(43) },
  changeRegistration: { retentionDays: 7 },
  pauseRegistration: { until: new Date(Date.now() + 86_400_000).toISOString() },
  confirmAllRegistrations: { consent: null },
  confirmRegistration: { consent: null },
  searchSources: { shape: { kind: 'point', point: position, radiusMetres: 100 }, window: searchWindow },
  revealContact: { purpose: 'publicEvent', incidentId: null, caseNumber: '12' },
  makeCanary: { ...testDetails, contact: testContact },
  previewFootageRequest: footageAsk,
  createFootageRequest: footageAsk,
  addFootagePerson: { email: 'nobody@test.example' },
  openFootageLink: { secret: 's'.repeat(43) },
  renewFootageLink: { secret: 's'.repeat(43) },
  answerFootage: { answer: 'declined' },
  openOwnerFootageRequest: { signed: null },
  createSite: { name: 'S', address: '1 A St', position },
  enrolRelay: { code: 'ABCDE-12345', publicKey: 'k'.repeat(60), name: 'R' },
  challengeRelay: { relayId: newId() },
  signIn: { email: 'nobody@test.example', password: 'something' },
  proveSecondFactor: { factor: 'totp', code: '123456' },
  signInWithPasskey: { response: { id: 'x', rawId: 'x', type: 'public-key' } },
  unlockSession: { factor: 'password', password: 'something' },
  changePassword: { password: 'something', newPassword: 'long enough' },
  beginTotp: { password: 'something' },
  confirmTotp: { code: '123456' },
  removeTotp: { password: 'something' },
  renewBackupCodes: { password: 'something' },
  passkeyOptions: { password: 'something' },
  addPasskey: { name: 'P', response: { id: 'x', type: 'public-key' } },
  removePasskey: { password: 'something' },
  acceptUseNotice: { version: useNotice.version },
  inviteUser: { name: 'U', email: `${newId()}@test.example`, role: 'analyst' },
  readInvitation: { token: 't'.repeat(43) },
  acceptInvitation: { token: 't'.repeat(43), password: 'long enough', useNoticeVersion: useNotice.version },
};

/** Of the routes that cannot be asked without one. */
const queries = {
  nearCameras: '?latitude=43&longitude=-87',
};

const contracts = Object.entries(routes).map(([name, route]) => {
  const query = Object.hasOwn(queries, name) ? queries[name as keyof typeof queries] : '';
  const contract: Route = route;
  return {
    name,
    route: contract,
    url: contract.path.replace(':secret', 's'.repeat(43)).replaceAll(/:\w+/g, newId()) + query,
    body: Object.hasOwn(bodies, name) ? bodies[name as RouteWithBody] : undefined,
  };
});

function ask(client: TestClient | undefined, contract: (typeof contracts)[number]) {
  return (client ?? server.nobody).call(contract.route.method, contract.url, contract.body);
}

describe.each(contracts)('$name', (contract) => {
  const { route } = contract;

  test('is served', () => {
    const found = server.server.app.hasRoute({ method: route.method, url: route.path });
    expect(found).toBe(true);
  });
});

describe.each(contracts.filter(({ route }) => route.permission !== 'public'))('$name', (contract) => {
  test('ACC1 without a session nobody gets in, whatever the body is', async () => {
    const answer = await ask(server.nobody, { ...contract, body: { nonsense: true } });
    expect([answer.status, answer.body.error?.code]).toEqual([401, 'notSignedIn']);
  });
});

const asRoles = contracts.flatMap((contract) =>
  roleSchema.options.map((role) => ({
    ...contract,
    role,
    isHeld: rolePermissions[role].some((held) => held === contract.route.permission),
  })),
);
const isAnyones = (route: Route) => route.permission === 'public' || route.permission === 'signedIn';

test.each(asRoles.filter(({ route, isHeld }) => !isAnyones(route) && !isHeld))(
  'ACC2 $name is refused to the $role, and written down',
  async (contract) => {
    const client = clients.get(contract.role);
    const answer = await ask(client, contract);
    expect([answer.status, answer.body.error?.code]).toEqual([403, 'notPermitted']);

    const lines = await clients.get('supervisor')?.call('GET', '/api/audit-events?limit=3');
    expect(lines?.body['events']).toContainEqual(
      expect.objectContaining({
        outcome: 'refused',
        actorId: client?.actor?.userId,
        details: expect.objectContaining({ code: 'notPermitted', permission: contract.route.permission }),
      }),
    );
  },
);

/** The made-up ids are found nowhere (MSG6), the made-up codes and credentials are not accepted; everything else works. */
const harmless = ['notFound', 'codeNotAccepted', 'proofNotAccepted', 'wrongCredentials', 'conflict', undefined];

test.each(asRoles.filter(({ isHeld }) => isHeld))('$name lets the $role through', async (contract) => {
  const answer = await ask(clients.get(contract.role), contract);
  expect(harmless).toContain(answer.body.error?.code);
});

test.each(contracts.filter(({ route }) => isAnyones(route)))('$name lets anybody through', async (contract) => {
  // What is asked of one's own session or account may end it: each has its own.
  const client = contract.route.permission === 'public' ? server.nobody : await server.signIn('analyst');
  const answer = await ask(client, contract);
  // The made-up passkey has no ceremony that it could belong to.
  // Registrants have no account: what is theirs asks for an opened link by itself.
  const own = [
    ...(contract.name === 'addPasskey' ? ['badRequest'] : []),
    ...(contract.route.path.startsWith('/api/registry/') ? ['notSignedIn'] : []),
  ];
  expect([...harmless, ...own]).toContain(answer.body.error?.code);
});

describe('a route without a contract', () => {
  test('under /api/ fails the start', () => {
    const app = Fastify({ exposeHeadRoutes: false });
    refuseUncontracted(app);
    expect(() => app.get('/api/backdoor', () => 'x')).toThrow('has no contract');
  });

  test('that changes something elsewhere fails the start', () => {
    const app = Fastify({ exposeHeadRoutes: false });
    refuseUncontracted(app);
    expect(() => app.post('/backdoor', () => 'x')).toThrow('changes something outside /api/');
    expect(() => app.get('/page', () => 'x')).not.toThrow();
  });
});

test('a handler that answers without asking the gate fails instead', async () => {
  const app = Fastify({ exposeHeadRoutes: false });
  app.decorateRequest('userActor', null);
  app.decorateRequest('admittedAtMs', 0);
  const actor = clients.get('analyst')?.actor ?? null;
  app.decorate('requestBudget', new RequestBudget({ burst: 1, perSecond: 1 }));
  app.decorate('turns', new UserTurns());
  app.decorate('sessionOf', () => Promise.resolve(actor === null ? null : { actor, state: 'active' as const }));
  const forgetful: Route = routes.listCameras;
  addRoute(app, forgetful, async () => ({ cameras: [] }));
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  const answer = await app.inject(routes.listCameras.path);
  expect([answer.statusCode, answer.json()]).toMatchObject([
    500,
    { message: expect.stringContaining('without asking') },
  ]);
  await app.close();
});

test('SRC3 of all that somebody with an account may ask, one answer has a registrant’s contact: that of one registration', () => {
  const withContact = Object.entries<Route>(routes).flatMap(([name, { permission, response }]) => {
    if (permission === 'public') return [];
    const form = JSON.stringify(z.toJSONSchema(response, { unrepresentable: 'any' }));
    return /"(?:phone|contacts?)":/.test(form) ? [name] : [];
  });
  // The contacts of site cards and of who applies for a site are not those of the registry.
  expect(withContact.toSorted()).toEqual(['listApplications', 'readSiteCard', 'revealContact']);
  expect(routes.revealContact.path).toMatch(/\/:id\/reveal$/);
});
