import type { Camera } from '@commonsight/types/camera';
import type { Grant } from '@commonsight/types/grant';
import type { BreakGlass, GrantRequest } from '@commonsight/types/grant-request';
import type { PolicyPack, PurposeRule } from '@commonsight/types/policy';
import type { SupervisedSession } from '@commonsight/types/session-board';
import type { Tile, Wall } from '@commonsight/types/wall';
import type { OwnSession } from '@commonsight/types/session';
import type { Account } from '@commonsight/types/http/user-routes';
import type { Me } from '@commonsight/types/user';
import type { SupervisedViewing } from '@commonsight/types/viewing';
import { testPack } from './policyPack.ts';

/** Records for tests, each complete and each with what a test changes. */

export function aCamera(change: Partial<Camera> = {}): Camera {
  return {
    id: 'camera-1',
    siteId: 'site-1',
    siteName: 'Market District',
    number: 1,
    name: 'Market North',
    position: { latitude: 43.04, longitude: -87.91 },
    viewCone: { bearingDegrees: 0, angleDegrees: 60, rangeMetres: 50 },
    sharingMode: 'always',
    streams: [
      { id: 'stream-main', kind: 'main', health: { state: 'idle' } },
      { id: 'stream-sub', kind: 'sub', health: { state: 'idle' } },
    ],
    watchers: [],
    ...change,
  };
}

export function aGrant(change: Partial<Grant> = {}): Grant {
  return {
    id: 'grant-1',
    userId: 'user-1',
    incidentId: 'incident-1',
    purpose: 'violentCrime',
    cameraIds: ['camera-1'],
    startsAt: '2026-01-05T10:00:00.000Z',
    endsAt: '2026-01-05T11:00:00.000Z',
    latestEndsAt: '2026-01-05T18:00:00.000Z',
    endedAt: null,
    isBreakGlass: false,
    policyHash: '0'.repeat(64),
    ...change,
  };
}

export function aSupervisedViewing(change: Partial<SupervisedViewing> = {}): SupervisedViewing {
  return {
    id: 'viewing-1',
    user: { id: 'user-1', name: 'Ana Ruiz', role: 'analyst' },
    cameraId: 'camera-1',
    cameraName: 'Market North',
    stream: 'sub',
    incidentId: 'incident-1',
    incidentNumber: 2041,
    incidentTitle: 'Robbery',
    purpose: 'violentCrime',
    grantId: 'grant-1',
    startedAt: '2026-01-05T10:00:00.000Z',
    endedAt: null,
    endReason: null,
    endedBy: null,
    endNote: null,
    traffic: null,
    ...change,
  };
}

export function aGrantRequest(change: Partial<GrantRequest> = {}): GrantRequest {
  return {
    id: 'request-1',
    state: 'requested',
    user: { id: 'user-1', name: 'Ana Ruiz', role: 'analyst' },
    incidentId: 'incident-1',
    incidentNumber: 2041,
    incidentTitle: 'Robbery',
    purpose: 'violentCrime',
    cameraIds: ['camera-1'],
    note: 'Case 26-114',
    requestedAt: '2026-01-05T10:00:00.000Z',
    expiresAt: '2026-01-05T10:30:00.000Z',
    decidedBy: null,
    decidedAt: null,
    decisionNote: null,
    grantId: null,
    ...change,
  };
}

export function aBreakGlassUse(change: Partial<BreakGlass> = {}): BreakGlass {
  return {
    id: 'grant-1',
    state: 'open',
    user: { id: 'user-1', name: 'Ana Ruiz', role: 'analyst' },
    incidentId: 'incident-1',
    incidentNumber: 2041,
    incidentTitle: 'Robbery',
    purpose: 'violentCrime',
    cameraIds: ['camera-1'],
    startedAt: '2026-01-05T10:00:00.000Z',
    endsAt: '2026-01-05T11:00:00.000Z',
    endedAt: null,
    dueAt: '2026-01-06T10:00:00.000Z',
    justification: null,
    justifiedAt: null,
    ...change,
  };
}

export function aPurposeRule(change: Partial<PurposeRule> = {}): PurposeRule {
  return {
    name: 'Violent crime',
    explanation: 'A crime against a person.',
    defaultMinutes: 30,
    maximumMinutes: 480,
    approvedBy: [],
    ...change,
  };
}

/** A policy in which one purpose needs an approval and others do not. */
export function aPolicyPack(change: Partial<PolicyPack> = {}): PolicyPack {
  return {
    ...testPack,
    purposes: {
      emergencyResponse: aPurposeRule({ name: 'Emergency' }),
      violentCrime: aPurposeRule({ approvedBy: ['supervisor'] }),
      training: aPurposeRule({ name: 'Training' }),
    },
    dispatch: { purpose: 'emergencyResponse' },
    breakGlass: { ...testPack.breakGlass, roles: ['analyst'] },
    ...change,
  };
}

export function aTile(change: Partial<Tile> = {}): Tile {
  return { id: 'tile-1', slot: 1, cameraId: 'camera-1', incidentId: null, ...change };
}

export function aWall(change: Partial<Wall> = {}): Wall {
  return {
    id: 'wall-1',
    name: 'Downtown',
    incidentId: null,
    revision: 7,
    screens: [{ number: 1, layout: '4', tiles: [aTile()] }],
    ...change,
  };
}

export function anOwnSession(change: Partial<OwnSession> = {}): OwnSession {
  return {
    id: 'session-1',
    isCurrent: true,
    state: 'active',
    deviceClass: 'console',
    method: 'password',
    userAgent: null,
    sourceAddress: null,
    startedAt: '2026-01-05T09:00:00.000Z',
    lastActiveAt: '2026-01-05T10:00:00.000Z',
    endsAt: '2026-01-05T21:00:00.000Z',
    locksAt: '2026-01-05T10:30:00.000Z',
    unlockFactors: ['password'],
    hasSecondFactor: false,
    ...change,
  };
}

export function aMe(change: Partial<Me> = {}): Me {
  return {
    user: { id: 'user-1', name: 'Ana Ruiz', role: 'analyst', email: 'ana@lakeport.example' },
    agency: { id: 'agency-1', name: 'Lakeport Police' },
    permissions: [],
    session: anOwnSession(),
    ...change,
  };
}

export function anAccount(change: Partial<Account> = {}): Account {
  return {
    id: change.name ?? 'user-1',
    name: 'Ana Ruiz',
    role: 'analyst',
    email: 'ana@lakeport.example',
    state: 'active',
    createdAt: '2026-01-01T00:00:00.000Z',
    disabledAt: null,
    lockedAt: null,
    lastSignInAt: null,
    hasSecondFactor: false,
    invitationEndsAt: null,
    ...change,
  };
}

export function aSupervisedSession(change: Partial<SupervisedSession> = {}): SupervisedSession {
  return {
    id: 'session-1',
    user: { id: 'user-1', name: 'Kim Lo', role: 'analyst' },
    state: 'active',
    deviceClass: 'console',
    sourceAddress: '192.0.2.7',
    startedAt: '2026-01-05T09:00:00.000Z',
    lastActiveAt: '2026-01-05T10:00:00.000Z',
    endsAt: '2026-01-05T21:00:00.000Z',
    connections: 1,
    screens: [],
    viewings: [],
    endedViewingMs: 0,
    bytes: 0,
    messages: [],
    ...change,
  };
}
