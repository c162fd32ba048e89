import { startedRegistration, testContact, testDetails } from '../registry/testing/seedTestRegistration.ts';
import { testPosition } from '../testing/seed.ts';
import { administrators, everybody, operators, type RouteCase } from './cases.ts';

const ok = [200];
const secret = 's'.repeat(43);

/** A task that nobody was given. */
const proof = { token: 'made.up', solution: '1' };

const onRegistration = (body?: unknown): RouteCase => ({
  may: 'public',
  own: [401],
  foreign: null,
  ask: async ({ target }) => ({ id: target.registrationId, body }),
});

/** Without an opened link there is nobody whose upload it could be. */
const onUpload: RouteCase = {
  may: 'public',
  own: [401],
  foreign: null,
  ask: async ({ target }) => ({ id: (await target.footage(target.somebodyId)).fileId }),
};

const footageAsk = (registrationId: string) => ({
  sources: [{ kind: 'registered', id: registrationId }],
  incidentId: null,
  caseNumber: 'C-12',
  window: { from: '2026-01-01T10:00:00.000Z', to: '2026-01-01T11:00:00.000Z' },
  shape: { kind: 'point', point: testPosition, radiusMetres: 100 },
  place: 'Here',
  deadline: new Date(Date.now() + 86_400_000).toISOString(),
  timeZone: 'America/Chicago',
  text: 'A van',
});

/** The registry's routes. Registrants have no account, so that most are public and ask for an opened link themselves. */
export const registryCases = {
  readRegistry: everybody(ok),
  createProofTask: everybody(ok),
  startRegistration: everybody([410], { ...startedRegistration, proof }),
  mailRegistrantLink: everybody([410], { agency: 'test-agency', email: 'nobody@test.example', proof }),
  openRegistrantLink: everybody([410], { secret }),
  // Without an opened link there is nobody whose registrations they could be.
  endRegistrantSession: everybody([401]),
  listOwnRegistrations: everybody([401]),
  addRegistrations: everybody([401], {
    cameras: [testDetails],
    consent: startedRegistration.consent,
  }),
  changeRegistration: onRegistration({ retentionDays: 7 }),
  pauseRegistration: onRegistration({ until: new Date(Date.now() + 86_400_000).toISOString() }),
  resumeRegistration: onRegistration(),
  confirmRegistration: onRegistration({ consent: null }),
  confirmAllRegistrations: everybody([401], { consent: null }),
  deleteRegistration: onRegistration(),
  readRegistrySettings: { may: administrators, own: ok, foreign: null },
  changeRegistryArea: {
    may: administrators,
    own: ok,
    foreign: null,
    ask: async () => ({ body: { area: { south: 42, west: -89, north: 44, east: -87 } } }),
  },
  searchSources: {
    may: operators,
    own: ok,
    foreign: null,
    ask: async () => ({
      body: {
        shape: { kind: 'point', point: testPosition, radiusMetres: 100 },
        window: { from: '2026-01-01T10:00:00.000Z', to: '2026-01-01T11:00:00.000Z' },
      },
    }),
  },
  revealContact: {
    may: operators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({
      id: target.registrationId,
      body: { purpose: 'violentCrime', incidentId: null, caseNumber: 'C-12' },
    }),
  },
  // Without an area, when it is tried before the one above that sets it, an agency takes none.
  makeCanary: {
    may: administrators,
    own: [200, 404],
    foreign: null,
    ask: async () => ({ body: { ...testDetails, contact: testContact } }),
  },
  listCanaries: { may: administrators, own: ok, foreign: null },
  removeCanary: {
    may: administrators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.canary() }),
  },
  previewFootageRequest: {
    may: operators,
    own: ok,
    foreign: null,
    ask: async ({ home }) => ({ body: footageAsk(home.registrationId) }),
  },
  createFootageRequest: {
    may: operators,
    own: ok,
    foreign: 404,
    // Each of a contact of its own: a contact is not asked more often than a day allows.
    ask: async ({ target }) => ({ body: footageAsk(await target.registration()) }),
  },
  listFootageRequests: { may: operators, own: ok, foreign: null },
  addFootagePerson: {
    may: operators,
    own: ok,
    foreign: 404,
    ask: async ({ userId, target }) => ({
      id: (await target.footage(userId)).requestId,
      body: { email: await target.emailOfSomebody() },
    }),
    others: {
      ask: async ({ target }) => ({
        id: (await target.footage(target.somebodyId)).requestId,
        body: { email: await target.emailOfSomebody() },
      }),
      told: 404,
    },
  },
  downloadFootage: {
    may: operators,
    own: ok,
    foreign: 404,
    ask: async ({ userId, target }) => ({ id: (await target.footage(userId)).fileId }),
    others: { ask: async ({ target }) => ({ id: (await target.footage(target.somebodyId)).fileId }), told: 404 },
  },
  openFootageLink: everybody([410], { secret }),
  renewFootageLink: everybody(ok, { secret }),
  readAskedFootage: everybody([401]),
  answerFootage: everybody([401], { answer: 'declined' }),
  createUpload: everybody([401]),
  readUpload: onUpload,
  appendUpload: onUpload,
  removeUpload: onUpload,
  listOwnFootageRequests: everybody([401]),
  openOwnFootageRequest: onUpload,
  listOwnerFootageRequests: everybody([404]),
  openOwnerFootageRequest: {
    ...onUpload,
    own: [404],
    ask: async ({ target }) => ({
      id: (await target.footage(target.somebodyId)).fileId,
      body: { signed: null },
    }),
  },
} satisfies Record<string, RouteCase>;
