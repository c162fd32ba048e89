import type { Alert } from '@commonsight/types/alert';
import type { Camera } from '@commonsight/types/camera';
import { routes } from '@commonsight/types/http/routes';
import type { Id } from '@commonsight/types/ids';
import { isAlertSharing } from '@commonsight/types/relay/alert';
import { createStore } from 'zustand/vanilla';
import { call } from '../api/call.ts';
import { listenWhile } from '../signaling/listenWhile.ts';
import type { SignalingClient } from '../signaling/SignalingClient.ts';

/** Owners' alerts. */
export interface AlertsState {
  /** Those whose end has not been heard of: what counts their time stands still without one. */
  byId: ReadonlyMap<Id, Alert>;
  /** The one of them that has ended last. */
  ended: Alert | null;
}

export function createAlertsStore() {
  return createStore<AlertsState>()(() => ({ byId: new Map(), ended: null }));
}

export type AlertsStore = ReturnType<typeof createAlertsStore>;

export function alertChanged(store: AlertsStore, alert: Alert): void {
  const byId = new Map(store.getState().byId);
  if (alert.endedAt === null) store.setState({ byId: byId.set(alert.id, alert) });
  else if (byId.delete(alert.id)) store.setState({ byId, ended: alert });
}

export async function readAlerts(store: AlertsStore, signaling: Pick<SignalingClient, 'on'>): Promise<void> {
  const { result, told } = await listenWhile(signaling, ['alert:changed'], () => call(routes.listAlerts));
  if (result.state !== 'ok') return;
  const known = store.getState().byId;
  const running = result.value.alerts.filter(({ endedAt }) => endedAt === null);
  const ended = result.value.alerts.find(({ id, endedAt }) => endedAt !== null && known.has(id));
  store.setState({
    byId: new Map(running.map((alert) => [alert.id, alert])),
    ...(ended === undefined ? {} : { ended }),
  });
  for (const { payload } of told) alertChanged(store, payload.alert);
}

/** Whether an alert shares cameras now, as far as is known: its time is over whether or not its end was heard of. */
export function isRunning(alert: Alert, serverNowMs: number): boolean {
  return isAlertSharing({ stage: alert.stage, isTest: false }) && Date.parse(alert.until) > serverNowMs;
}

/** The alert during which a camera is shared; null for one that is shared otherwise or not at all. */
export function alertOfCamera(
  { byId }: Pick<AlertsState, 'byId'>,
  camera: Pick<Camera, 'siteId' | 'sharingMode'> | undefined,
  serverNowMs: number,
): Alert | null {
  if (camera?.sharingMode !== 'onAlert') return null;
  return [...byId.values()].find((alert) => alert.siteId === camera.siteId && isRunning(alert, serverNowMs)) ?? null;
}
