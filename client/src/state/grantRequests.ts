import type { GrantRequest } from '@commonsight/types/grant-request';
import { grantRoutes } from '@commonsight/types/http/grant-routes';
import type { Id } from '@commonsight/types/ids';
import { createStore } from 'zustand/vanilla';
import { call } from '../api/call.ts';
import { listenWhile } from '../signaling/listenWhile.ts';
import type { SignalingClient } from '../signaling/SignalingClient.ts';

/** Requests for approval: the user's own, and for who may approve, those of others. */
export interface GrantRequestsState {
  /** It was asked for them once, with whatever answer. */
  isLoaded: boolean;
  byId: ReadonlyMap<Id, GrantRequest>;
}

export function createGrantRequestsStore() {
  return createStore<GrantRequestsState>()(() => ({ isLoaded: false, byId: new Map() }));
}

export type GrantRequestsStore = ReturnType<typeof createGrantRequestsStore>;

export function grantRequestChanged(store: GrantRequestsStore, request: GrantRequest): void {
  store.setState({ byId: new Map(store.getState().byId).set(request.id, request) });
}

export async function readGrantRequests(
  store: GrantRequestsStore,
  signaling: Pick<SignalingClient, 'on'>,
): Promise<void> {
  const { result, told } = await listenWhile(signaling, ['grantRequest:changed'], () =>
    call(grantRoutes.listGrantRequests),
  );
  if (result.state === 'ok') {
    store.setState({ isLoaded: true, byId: new Map(result.value.requests.map((request) => [request.id, request])) });
    for (const { payload } of told) grantRequestChanged(store, payload.request);
  } else if (result.state === 'failed') {
    store.setState({ isLoaded: true });
  }
}

/** What waits for somebody's decision, who has waited longest first. */
export function waitingRequests({ byId }: GrantRequestsState): GrantRequest[] {
  return [...byId.values()]
    .filter(({ state }) => state === 'requested')
    .toSorted((a, b) => a.requestedAt.localeCompare(b.requestedAt));
}

/** The user's own request for an incident that waits; there is at most one. */
export function ownWaitingRequest(state: GrantRequestsState, userId: Id, incidentId: Id): GrantRequest | null {
  const waiting = waitingRequests(state);
  return waiting.find((request) => request.user.id === userId && request.incidentId === incidentId) ?? null;
}

/**
 * The user's newest request about a camera, under an incident or with null under any: null when there is none, and when
 * the newest was approved or withdrawn, because then nothing is left to say about it.
 */
export function standingRequest(
  { byId }: GrantRequestsState,
  wish: { userId: Id; cameraId: Id; incidentId: Id | null },
): GrantRequest | null {
  let newest: GrantRequest | null = null;
  for (const request of byId.values()) {
    const isMeant =
      request.user.id === wish.userId &&
      request.cameraIds.includes(wish.cameraId) &&
      (wish.incidentId === null || request.incidentId === wish.incidentId);
    if (isMeant && (newest === null || newest.requestedAt < request.requestedAt)) newest = request;
  }
  return newest?.state === 'approved' || newest?.state === 'withdrawn' ? null : newest;
}
