import { readFileSync } from 'node:fs';
import type { RouteName } from '@commonsight/types/http/routes';
import { referenceCityFile } from '../config.ts';
import { newId } from '../ids.ts';
import { useNotice } from '../sessions/useNotice.ts';
import { testPassword } from '../testing/seed.ts';
import {
  type RouteCase,
  administrators,
  auditors,
  deciders,
  dispatching,
  everybody,
  listing,
  operators,
  readers,
  supervisors,
} from './cases.ts';
import { applicationCases } from './applicationCases.ts';
import { ownerCases } from './ownerCases.ts';
import { registryCases } from './registryCases.ts';
import { siteCases } from './siteCases.ts';

const position = { latitude: 43.04, longitude: -87.91 };
const viewCone = { bearingDegrees: 0, angleDegrees: 60, rangeMetres: 50 };
/** Needs a supervisor's approval by the pack that the matrix runs with. */
const approvedPurpose = 'missingPerson';
const token = 't'.repeat(43);
const ok = [200];

const onUser = (own: readonly number[]): RouteCase => ({
  may: administrators,
  own,
  foreign: 404,
  ask: async ({ target }) => ({ id: await target.user() }),
});

/** About the asker's own account, which no id names. */
const onOwnAccount = (own: readonly number[], body: unknown): RouteCase => ({
  may: 'signedIn',
  own,
  foreign: null,
  ask: async () => ({ body }),
});

/** About a session or passkey that is not the asker's: whosever it is, it does not exist. */
const onNoOwn = ({ may, body }: { may: RouteCase['may']; body?: unknown }): RouteCase => ({
  may,
  own: [404],
  foreign: null,
  ask: async () => ({ id: newId(), body }),
});

const onIncident = (may: RouteCase['may'], body?: unknown): RouteCase => ({
  may,
  own: ok,
  foreign: 404,
  ask: async ({ target }) => ({ id: await target.incident(), body }),
});

const onOwnGrant: RouteCase = {
  may: operators,
  own: ok,
  foreign: 404,
  ask: async ({ userId, home, target }) => ({ id: await target.grant(home === target ? userId : undefined) }),
  others: { ask: async ({ home }) => ({ id: await home.grant() }), told: 404 },
};

/** By somebody who does not act: nobody decides on the own one. */
const onOthersRequest: RouteCase = {
  may: supervisors,
  own: ok,
  foreign: 404,
  ask: async ({ target }) => ({ id: await target.grantRequest(), body: { note: null } }),
};

const emergency = {
  purpose: approvedPurpose,
  reauthentication: { factor: 'password', password: testPassword },
};
const justification = { text: 'Somebody called for help in there.' };

const onProposal: RouteCase = {
  may: deciders,
  own: ok,
  foreign: 404,
  ask: async ({ target, policyOf }) => ({ id: await target.proposal(await policyOf(target.agencyId)) }),
};

/** Every route, with every way in which it can name a record. One that is missing here does not compile. */
export const routeCases: Record<RouteName, RouteCase | readonly RouteCase[]> = {
  health: everybody(ok),
  clientConfig: everybody(ok),
  enrolRelay: everybody([410], { code: 'ABCDE-12345', publicKey: 'k'.repeat(60), name: 'R' }),
  challengeRelay: everybody([200, 404], { relayId: newId() }),
  signIn: everybody([401], { email: 'nobody@test.example', password: 'something' }),
  proveSecondFactor: everybody([401], { factor: 'totp', code: '123456' }),
  signOut: everybody(ok),
  signInOptions: everybody(ok),
  passkeySignInOptions: everybody(ok),
  signInWithPasskey: everybody([401], { response: { id: 'x', rawId: 'x', type: 'public-key' } }),
  startOidcSignIn: everybody([404]),
  useNotice: everybody(ok),
  // Locks whoever asks, who could ask for nothing else afterwards: `sessionLocks.test.ts` asks it of people.
  lockSession: everybody([401]),
  reportActivity: { may: 'signedIn', own: ok, foreign: null },
  unlockPasskeyOptions: { may: 'signedIn', own: ok, foreign: null },
  unlockSession: onOwnAccount([409], { factor: 'password', password: 'something' }),
  listSessions: { may: 'signedIn', own: ok, foreign: null },
  endSession: onNoOwn({ may: 'signedIn' }),
  declareWallDisplay: onNoOwn({ may: supervisors }),
  changePassword: onOwnAccount([401], { password: 'something', newPassword: 'long enough' }),
  beginTotp: onOwnAccount([401], { password: 'something' }),
  confirmTotp: onOwnAccount([401], { code: '123456' }),
  removeTotp: onOwnAccount([401], { password: 'something' }),
  renewBackupCodes: onOwnAccount([409], { password: 'something' }),
  listPasskeys: { may: 'signedIn', own: ok, foreign: null },
  passkeyOptions: onOwnAccount([401], { password: 'something' }),
  addPasskey: onOwnAccount([400], { name: 'P', response: { id: 'x', type: 'public-key' } }),
  removePasskey: onNoOwn({ may: 'signedIn', body: { password: 'something' } }),
  readInvitation: everybody([410], { token }),
  acceptInvitation: everybody([410], { token, password: 'long enough', useNoticeVersion: useNotice.version }),
  getLogKey: everybody(ok),
  // Whoever has heard of a log may check its heads; what stands in it is another route's.
  getCheckpoint: {
    may: 'public',
    own: [200, 404],
    foreign: null,
    ask: async ({ target }) => ({ id: target.agencyId }),
  },
  getWitnesses: { may: 'public', own: ok, foreign: null, ask: async ({ target }) => ({ id: target.agencyId }) },
  getHashTile: {
    may: 'public',
    own: [200, 404],
    foreign: null,
    ask: async ({ target }) => ({ id: target.agencyId, rest: '0/000' }),
  },

  listTransparency: everybody(ok),
  getTransparency: {
    may: 'public',
    own: [200, 404],
    foreign: null,
    ask: async ({ target }) => ({ id: target.agencyId }),
  },
  getTransparencyTable: {
    may: 'public',
    own: [200, 404],
    foreign: null,
    ask: async ({ target }) => ({ id: target.agencyId }),
  },

  me: { may: 'signedIn', own: ok, foreign: null },
  acceptUseNotice: {
    may: 'signedIn',
    own: ok,
    foreign: null,
    ask: async () => ({ body: { version: useNotice.version } }),
  },
  getPolicy: { may: 'signedIn', own: ok, foreign: null },

  listCameras: { may: listing, own: ok, foreign: null },
  nearCameras: {
    may: listing,
    own: ok,
    foreign: null,
    ask: async () => ({ query: '?latitude=43.04&longitude=-87.91&limit=50' }),
  },
  createCamera: {
    may: administrators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ body: { siteId: target.siteId, name: 'C', position, viewCone } }),
  },
  changeCamera: {
    may: administrators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: target.cameraId, body: { name: 'D' } }),
  },
  listCameraGroups: { may: administrators, own: ok, foreign: null },
  createCameraGroup: [
    {
      may: administrators,
      own: ok,
      foreign: 404,
      ask: async ({ target }) => ({ body: { name: 'G', cameraIds: [target.cameraId], rules: [] } }),
    },
    {
      may: administrators,
      own: ok,
      foreign: 404,
      ask: async ({ target }) => {
        const rule = { effect: 'deny', role: null, userId: target.somebodyId, permissions: ['camera.view'] };
        return { body: { name: 'G', cameraIds: [], rules: [rule] } };
      },
    },
  ],
  changeCameraGroup: {
    may: administrators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.cameraGroup(), body: { name: 'H', cameraIds: [], rules: [] } }),
  },
  removeCameraGroup: {
    may: administrators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.cameraGroup() }),
  },

  listWalls: { may: listing, own: ok, foreign: null },
  createWall: {
    may: operators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ body: { name: 'W', layout: '4', incidentId: await target.incident() } }),
  },

  listIncidents: { may: listing, own: ok, foreign: null },
  getIncident: onIncident(listing),
  createIncident: {
    may: dispatching,
    own: ok,
    foreign: null,
    ask: async () => ({ body: { title: 'I', priority: 1, position } }),
  },
  changeIncident: [
    onIncident(operators, { title: 'J' }),
    {
      may: operators,
      own: ok,
      foreign: 404,
      ask: async ({ home, target }) => ({ id: await home.incident(), body: { cameraIds: [target.cameraId] } }),
    },
  ],
  noteIncident: onIncident(operators, { text: 'N' }),
  closeIncident: onIncident(dispatching, { disposition: 'resolved' }),

  listGrants: { may: operators, own: ok, foreign: null },
  requestGrant: [
    {
      may: operators,
      own: ok,
      foreign: 404,
      ask: async ({ home, target }) => ({
        body: { incidentId: await target.incident(), purpose: 'violentCrime', cameraIds: [home.cameraId] },
      }),
    },
    {
      may: operators,
      own: ok,
      foreign: 404,
      ask: async ({ home, target }) => ({
        body: { incidentId: await home.incident(), purpose: 'violentCrime', cameraIds: [target.cameraId] },
      }),
    },
  ],
  extendGrant: onOwnGrant,
  endGrant: onOwnGrant,
  listAllGrants: { may: supervisors, own: ok, foreign: null },
  revokeGrant: {
    may: supervisors,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.grant(), body: { note: 'Enough' } }),
  },
  requestApproval: [
    {
      may: operators,
      own: ok,
      foreign: 404,
      ask: async ({ home, target }) => ({
        body: { incidentId: await target.incident(), purpose: approvedPurpose, cameraIds: [home.cameraId], note: 'N' },
      }),
    },
    {
      may: operators,
      own: ok,
      foreign: 404,
      ask: async ({ home, target }) => ({
        body: { incidentId: await home.incident(), purpose: approvedPurpose, cameraIds: [target.cameraId], note: 'N' },
      }),
    },
  ],
  listGrantRequests: { may: operators, own: ok, foreign: null },
  approveGrantRequest: onOthersRequest,
  denyGrantRequest: onOthersRequest,
  withdrawGrantRequest: {
    may: operators,
    own: ok,
    foreign: 404,
    ask: async ({ userId, home, target }) => ({ id: await target.grantRequest(home === target ? userId : undefined) }),
    others: { ask: async ({ home }) => ({ id: await home.grantRequest() }), told: 404 },
  },
  breakGlass: [
    {
      may: operators,
      own: ok,
      foreign: 404,
      ask: async ({ userId, home, target }) => {
        await home.release(userId);
        return { body: { ...emergency, incidentId: await target.incident(), cameraIds: [home.cameraId] } };
      },
    },
    {
      may: operators,
      own: ok,
      foreign: 404,
      ask: async ({ userId, home, target }) => {
        await home.release(userId);
        return { body: { ...emergency, incidentId: await home.incident(), cameraIds: [target.cameraId] } };
      },
    },
  ],
  listBreakGlass: { may: operators, own: ok, foreign: null },
  justifyBreakGlass: {
    may: operators,
    own: ok,
    foreign: 404,
    ask: async ({ userId, home, target }) => ({
      id: await target.breakGlass(home === target ? userId : undefined),
      body: justification,
    }),
    others: { ask: async ({ home }) => ({ id: await home.breakGlass(), body: justification }), told: 404 },
  },

  endViewing: {
    may: supervisors,
    // The record is there and has ended: the supervisor is told so.
    own: [409],
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.viewing(), body: { note: 'Enough' } }),
  },

  listReviews: { may: ['supervisor', 'auditor'], own: ok, foreign: null },
  closeReview: {
    may: supervisors,
    // The viewing is in nobody's queue until it has been examined.
    own: [200, 404, 409],
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.viewing(), body: { finding: 'justified', note: 'N' } }),
  },
  listShifts: { may: supervisors, own: ok, foreign: null },
  changeShift: {
    may: supervisors,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.user(), body: { shift: null } }),
  },

  ...siteCases,

  listUsers: { may: administrators, own: ok, foreign: null },
  inviteUser: {
    may: administrators,
    own: ok,
    foreign: null,
    ask: async () => ({ body: { name: 'U', email: `${newId()}@test.example`, role: 'analyst' } }),
  },
  renewInvitation: onUser([409]),
  releaseUser: onUser([200, 409]),
  disableUser: onUser(ok),
  suspendUser: {
    may: supervisors,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.user(), body: { note: 'N' } }),
  },
  endOperatorSession: {
    may: supervisors,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.session(), body: { note: 'N' } }),
  },
  sendMessage: {
    may: supervisors,
    // Nobody of the matrix is signed in for the made-up user.
    own: [409],
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.user(), body: { text: 'N' } }),
  },
  listMessages: { may: 'signedIn', own: ok, foreign: null },
  acknowledgeMessage: {
    may: 'signedIn',
    own: ok,
    foreign: 404,
    ask: async ({ userId, home, target }) => ({ id: await target.message(home === target ? userId : undefined) }),
    others: { ask: async ({ home }) => ({ id: await home.message() }), told: 404 },
  },
  enableUser: onUser([200, 409]),
  resetSecondFactor: onUser(ok),

  listPolicyProposals: { may: deciders, own: ok, foreign: null },
  proposePolicy: {
    may: deciders,
    own: [200, 409],
    foreign: null,
    ask: async () => ({ body: { text: `${readFileSync(referenceCityFile, 'utf8')}# ${newId()}\n` } }),
  },
  approvePolicy: onProposal,
  refusePolicy: onProposal,

  ...ownerCases,
  listLedgerLinks: {
    may: administrators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: target.siteId }),
  },
  createLedgerLink: {
    may: administrators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: target.siteId }),
  },
  revokeLedgerLink: {
    may: administrators,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.ledgerLink() }),
  },
  listWithholdings: { may: supervisors, own: ok, foreign: null },
  withholdIncident: onIncident(supervisors, { days: 3, note: 'A reason that says why' }),
  endWithholding: { ...onIncident(supervisors), own: [409] },

  ...registryCases,
  ...applicationCases,

  sampleAuditEvents: { may: readers, own: ok, foreign: null },
  listFindings: { may: readers, own: ok, foreign: null },
  openFinding: {
    may: auditors,
    own: ok,
    foreign: null,
    ask: async () => ({ body: { sequences: [1], note: 'Something that is odd' } }),
  },
  closeFinding: {
    may: auditors,
    own: ok,
    foreign: 404,
    ask: async ({ target }) => ({ id: await target.finding(), body: { outcome: 'It was explained' } }),
  },

  listWitnesses: { may: readers, own: ok, foreign: null },
  listAuditEvents: { may: readers, own: ok, foreign: null, ask: async () => ({ query: '?limit=200' }) },
  getEntryTile: {
    may: readers,
    own: [200, 404],
    foreign: 404,
    ask: async ({ target }) => ({ id: target.agencyId, rest: '000' }),
  },
  exportLog: { may: readers, own: ok, foreign: 404, ask: async ({ target }) => ({ id: target.agencyId }) },
};
