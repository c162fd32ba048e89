import type { BreakGlass } from '@commonsight/types/grant-request';
import { grantRoutes } from '@commonsight/types/http/grant-routes';
import type { Id } from '@commonsight/types/ids';
import { createStore } from 'zustand/vanilla';
import { call } from '../api/call.ts';
import { listenWhile } from '../signaling/listenWhile.ts';
import type { SignalingClient } from '../signaling/SignalingClient.ts';

/** Uses of break-glass: the user's own, and for who may approve, those of the agency. */
export interface BreakGlassState {
  isLoaded: boolean;
  byId: ReadonlyMap<Id, BreakGlass>;
}

export function createBreakGlassStore() {
  return createStore<BreakGlassState>()(() => ({ isLoaded: false, byId: new Map() }));
}

export type BreakGlassStore = ReturnType<typeof createBreakGlassStore>;

export function breakGlassChanged(store: BreakGlassStore, use: BreakGlass): void {
  store.setState({ byId: new Map(store.getState().byId).set(use.id, use) });
}

export async function readBreakGlass(store: BreakGlassStore, signaling: Pick<SignalingClient, 'on'>): Promise<void> {
  const { result, told } = await listenWhile(signaling, ['breakGlass:changed'], () => call(grantRoutes.listBreakGlass));
  if (result.state === 'ok') {
    store.setState({ isLoaded: true, byId: new Map(result.value.uses.map((use) => [use.id, use])) });
    for (const { payload } of told) breakGlassChanged(store, payload.use);
  } else if (result.state === 'failed') {
    store.setState({ isLoaded: true });
  }
}

/** Late by the clock counts as late, before the server has said so. */
export function isOverdue(use: BreakGlass, serverNowMs: number): boolean {
  return use.state === 'overdue' || (use.state === 'open' && Date.parse(use.dueAt) <= serverNowMs);
}

export function isStillRunning({ endedAt, endsAt }: BreakGlass, serverNowMs: number): boolean {
  return endedAt === null && serverNowMs < Date.parse(endsAt);
}

/** The user's own uses that still need a justification, the one that is due first at the top. */
export function dueOf({ byId }: BreakGlassState, userId: Id): BreakGlass[] {
  return [...byId.values()]
    .filter((use) => use.user.id === userId && use.state !== 'justified')
    .toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
}

/** All uses as who reviews them needs them: those without a justification by when it is due, then the others, newest first. */
export function breakGlassInbox({ byId }: BreakGlassState): BreakGlass[] {
  return [...byId.values()].toSorted((a, b) => {
    const [isOpen, isOtherOpen] = [a.state !== 'justified', b.state !== 'justified'];
    if (isOpen !== isOtherOpen) return isOpen ? -1 : 1;
    return isOpen ? a.dueAt.localeCompare(b.dueAt) : b.startedAt.localeCompare(a.startedAt);
  });
}
