import type { Alert } from '@commonsight/types/alert';
import { beforeEach, describe, expect, it } from 'vitest';
import { alertChanged, alertOfCamera, type AlertsStore, createAlertsStore, isRunning } from './alerts.ts';

const nowMs = Date.UTC(2026, 0, 5, 10);
const at = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();
const alert: Alert = {
  id: 'alert-1',
  siteId: 'site-1',
  siteName: 'Market',
  siteAddress: '1 Market Street',
  trigger: 'owner',
  stage: 'sharing',
  begunAt: at(-2),
  sharedAt: at(-1),
  until: at(20),
  endedAt: null,
  end: null,
  note: '',
  incidentId: null,
};
const over: Alert = { ...alert, stage: 'ended', endedAt: at(0), end: 'owner' };
const camera = { siteId: 'site-1', sharingMode: 'onAlert' as const };
let store: AlertsStore;

beforeEach(() => {
  store = createAlertsStore();
});

describe('owners’ alerts in a window', () => {
  it('share the site’s cameras on alert until their time or their end', () => {
    alertChanged(store, alert);
    expect(alertOfCamera(store.getState(), camera, nowMs)).toEqual(alert);
    expect(alertOfCamera(store.getState(), { ...camera, siteId: 'site-2' }, nowMs)).toBeNull();
    expect(alertOfCamera(store.getState(), { ...camera, sharingMode: 'off' }, nowMs)).toBeNull();
    expect(isRunning(alert, Date.parse(at(20)))).toBe(false);
    alertChanged(store, over);
    expect(alertOfCamera(store.getState(), camera, nowMs)).toBeNull();
  });

  it('leave nothing behind that counts time, and say which has ended', () => {
    alertChanged(store, alert);
    alertChanged(store, over);
    expect(store.getState()).toEqual({ byId: new Map(), ended: over });
  });

  it('that ended before this window knew of them are no news', () => {
    alertChanged(store, over);
    expect(store.getState()).toEqual({ byId: new Map(), ended: null });
  });
});
