import type { Alert } from '@commonsight/types/alert';
import type { Camera } from '@commonsight/types/camera';
import { routes } from '@commonsight/types/http/routes';
import type { Id } from '@commonsight/types/ids';
import { isAlertSharing } from '@commonsight/types/relay/alert';
import { createStore } from 'zustand/vanilla';
import { call } from '../api/call.ts';
import { listenWhile } from '../signaling/listenWhile.ts';
import type { SignalingClient } from '../signaling/SignalingClient.ts';

/** Owners' alerts that run or have just ended. */
export interface AlertsState {
  byId: ReadonlyMap<Id, Alert>;
}

export function createAlertsStore() {
  return createStore<AlertsState>()(() => ({ byId: new Map() }));
}

export type AlertsStore = ReturnType<typeof createAlertsStore>;

export function alertChanged(store: AlertsStore, alert: Alert): void {
  store.setState({ byId: new Map(store.getState().byId).set(alert.id, alert) });
}

export async function readAlerts(store: AlertsStore, signaling: Pick<SignalingClient, 'on'>): Promise<void> {
  const { result, told } = await listenWhile(signaling, ['alert:changed'], () => call(routes.listAlerts));
  if (result.state !== 'ok') return;
  store.setState({ byId: new Map(result.value.alerts.map((alert) => [alert.id, alert])) });
  for (const { payload } of told) alertChanged(store, payload.alert);
}

/** Whether an alert shares cameras now, as far as is known: its time is over whether or not its end was heard of. */
export function isRunning(alert: Alert, serverNowMs: number): boolean {
  return isAlertSharing({ stage: alert.stage, isTest: false }) && Date.parse(alert.until) > serverNowMs;
}

/** The alert during which a camera is shared; null for one that is shared otherwise or not at all. */
export function alertOfCamera({ byId }: AlertsState, camera: Camera | undefined, serverNowMs: number): Alert | null {
  if (camera?.sharingMode !== 'onAlert') return null;
  return [...byId.values()].find((alert) => alert.siteId === camera.siteId && isRunning(alert, serverNowMs)) ?? null;
}
