import type { Role } from '@commonsight/types/permission';
import type { PolicyFile } from '../policy/readPolicy.ts';
import type { Place } from './Place.ts';

/** Who asks, and whose records the question names: the asker's own agency's, or the other one's. */
export interface Asking {
  userId: string;
  home: Place;
  target: Place;
  policyOf: (agencyId: string) => Promise<PolicyFile>;
}

/** What is expected of one way to ask. Written out by hand, and taken from nothing that it checks. */
interface Expected {
  /** The roles that may; `signedIn`: every role; `public`: everybody, and then it is asked without a session. */
  may: readonly Role[] | 'signedIn' | 'public';
  /** What somebody who may is told about the own agency's records. */
  own: readonly (number | string)[];
  /** What the same person is told when the other agency's records are named; null when none can be. */
  foreign: 404 | 'notFound' | null;
}

export interface RouteCase extends Expected {
  ask?: (asking: Asking) => Promise<{ id?: string; body?: unknown; query?: string; rest?: string }>;
  /** The same about another user's record of the own agency. */
  others?: { ask: (asking: Asking) => Promise<{ id: string; body?: unknown }>; told: number };
}

export interface RequestCase extends Expected {
  ask: (asking: Asking) => Promise<unknown>;
}

export const operators: readonly Role[] = ['analyst', 'dispatcher', 'supervisor'];
export const dispatching: readonly Role[] = ['dispatcher', 'supervisor'];
export const listing: readonly Role[] = ['analyst', 'dispatcher', 'supervisor', 'administrator'];
export const administrators: readonly Role[] = ['administrator'];
export const supervisors: readonly Role[] = ['supervisor'];
export const deciders: readonly Role[] = ['supervisor', 'administrator'];
export const auditors: readonly Role[] = ['auditor'];
export const readers: readonly Role[] = ['supervisor', 'administrator', 'auditor'];

/** Of a route that is public. */
export const everybody = (own: readonly number[], body?: unknown): RouteCase => ({
  may: 'public',
  own,
  foreign: null,
  ask: async () => ({ body }),
});
