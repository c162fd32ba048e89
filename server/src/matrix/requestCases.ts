import type { SignalingRequests } from '@commonsight/types/signaling/requests';
import { newId } from '../ids.ts';
import { type RequestCase, listing, operators, supervisors } from './cases.ts';

/** Nothing is named: who may is served, or told what is missing. */
const plain = (may: RequestCase['may'], own: readonly string[], request: unknown = {}): RequestCase => ({
  may,
  own,
  foreign: null,
  ask: async () => request,
});

const onWall = (may: RequestCase['may'], own: readonly string[], rest: object): RequestCase => ({
  may,
  own,
  foreign: 'notFound',
  ask: async ({ target }) => ({ wallId: target.wallId, ...rest }),
});

const onTile = (rest: object): RequestCase => ({
  may: operators,
  own: ['ok'],
  foreign: 'notFound',
  ask: async ({ target }) => {
    const [wallId, tileId] = (await target.tile()).split(' ');
    return { wallId, tileId, ...rest };
  },
});

const noViewings = { viewingIds: [newId()] };

/** Every request of the socket, with every way in which it can name a record. One that is missing does not compile. */
export const requestCases: Record<keyof SignalingRequests, RequestCase | readonly RequestCase[]> = {
  'clock:read': plain('signedIn', ['ok']),
  'wall:join': onWall(listing, ['ok'], { screen: 1 }),
  // Leaving names a wall and looks at none: what is not joined is left as well.
  'wall:leave': { ...onWall(listing, ['ok'], {}), foreign: null },
  'wall:assignTile': [
    {
      may: operators,
      own: ['ok'],
      foreign: 'notFound',
      ask: async ({ home, target }) => ({
        wallId: target.wallId,
        screen: 1,
        slot: 2,
        cameraId: home.cameraId,
        incidentId: null,
      }),
    },
    {
      may: operators,
      own: ['ok'],
      foreign: 'notFound',
      ask: async ({ home, target }) => ({
        wallId: home.wallId,
        screen: 1,
        slot: 3,
        cameraId: target.cameraId,
        incidentId: null,
      }),
    },
    {
      may: operators,
      own: ['ok'],
      foreign: 'notFound',
      ask: async ({ home, target }) => ({
        wallId: home.wallId,
        screen: 1,
        slot: 4,
        cameraId: home.cameraId,
        incidentId: await target.incident(),
      }),
    },
  ],
  'wall:moveTile': onTile({ toScreen: 1, toSlot: 2 }),
  'wall:clearTile': onTile({}),
  'wall:setLayout': onWall(operators, ['ok'], { screen: 1, layout: '9' }),
  'wall:addScreen': onWall(operators, ['ok', 'conflict'], { layout: '4' }),
  'wall:dockCameras': [
    {
      may: operators,
      own: ['ok', 'conflict'],
      foreign: 'notFound',
      ask: async ({ home, target }) => ({
        wallId: home.wallId,
        screen: 1,
        incidentId: await target.incident(),
        cameraIds: [home.cameraId],
      }),
    },
    {
      may: operators,
      own: ['ok', 'conflict'],
      foreign: 'notFound',
      ask: async ({ home, target }) => ({
        wallId: home.wallId,
        screen: 1,
        incidentId: await home.incident(),
        cameraIds: [target.cameraId],
      }),
    },
  ],
  'wall:undo': onWall(operators, ['ok', 'conflict'], {}),

  'peer:open': plain(operators, ['ok'], { resume: null }),
  'transport:create': plain(operators, ['ok', 'conflict'], { rtpCapabilities: { codecs: [] } }),
  'transport:connect': plain(operators, ['ok', 'conflict', 'notFound', 'badRequest', 'internal'], {
    transportId: 't',
    dtlsParameters: { role: 'auto', fingerprints: [{ algorithm: 'sha-256', value: 'AA' }] },
  }),
  'transport:restartIce': plain(operators, ['ok', 'conflict', 'notFound', 'internal'], { transportId: 't' }),
  'consumer:create': {
    may: operators,
    // Each item answers for itself: nobody of this matrix holds a grant for a new incident.
    own: ['grantNeeded'],
    foreign: 'notFound',
    ask: async ({ home, target }) => ({
      items: [{ cameraId: target.cameraId, stream: 'sub', incidentId: await home.incident() }],
    }),
  },
  'consumer:resume': plain(operators, ['ok', 'conflict'], noViewings),
  'consumer:pause': plain(operators, ['ok', 'conflict'], noViewings),
  'consumer:close': plain(operators, ['ok'], noViewings),
  'viewing:supervise': plain(supervisors, ['ok']),
  'session:supervise': plain(supervisors, ['ok']),
};
