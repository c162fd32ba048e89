import { alertSchema } from '@commonsight/types/alert';
import { cameraGroupSchema } from '@commonsight/types/camera-group';
import { type Disposition, incidentSchema } from '@commonsight/types/incident';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { alerts } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Stage } from '../signaling/testing/Stage.ts';
import { until } from '../testing/until.ts';
import { findAlert, forgetNotes, saveAlert } from './alertRepository.ts';
import { AlertStage } from './testing/AlertStage.ts';

let own: AlertStage;
let stage: Stage;
let id: string;

beforeEach(async () => {
  own = await AlertStage.create();
  ({ stage, id } = own);
});
afterEach(() => own.close());

const listSchema = z.object({ alerts: z.array(alertSchema) });
const answerSchema = z.object({ incident: incidentSchema, alert: alertSchema });
const hourMs = 3_600_000;

describe('what a relay tells of an alert', () => {
  test('ALE7 reaches walls when it shares, and the log with each stage', async () => {
    const browser = await own.wall();
    await own.tell(own.alertOf({ stage: 'arming', sharedMs: 0 }));
    expect((await own.ownerAlert())?.stage).toBe('arming');
    await own.tell(own.alertOf());
    expect(await browser.heard('alert:changed')).toMatchObject({ alert: { id, stage: 'sharing', incidentId: null } });
    expect(browser.notifications('alert:changed')).toHaveLength(1);
    await own.tell(own.alertOf());
    await own.tell(own.endedOf());
    await browser.heard('alert:changed', ({ alert }) => alert.stage === 'ended');
    const lines = await stage.audit('alert.changed');
    expect(lines.map(({ details }) => details['stage'])).toEqual(['arming', 'sharing', 'ended']);
  });

  test('ALE7 reaches walls with its end once, however often the relay connects again', async () => {
    const browser = await own.wall();
    await own.tell(own.alertOf());
    for (const endedMsAgo of [0, hourMs, 2 * hourMs]) await own.tell(own.endedOf({ endedMsAgo }));
    const next = newId();
    await own.tell(own.alertOf({ id: next }));
    await browser.heard('alert:changed', ({ alert }) => alert.id === next);
    const told = browser.notifications('alert:changed').map(({ alert }) => alert);
    expect(told.filter((alert) => alert.id === id).map((alert) => alert.stage)).toEqual(['sharing', 'ended']);
  });

  test('ALE7 stands at its own time, also when it is heard of hours later', async () => {
    const askedAt = Date.now();
    await own.tell(own.endedOf({ sharedMs: 600_000, endedMsAgo: 2 * hourMs }));
    const shown = await own.ownerAlert();
    const endedMs = Date.parse(shown?.endedAt ?? '');
    expect(endedMs).toBeGreaterThanOrEqual(askedAt - 2 * hourMs);
    expect(endedMs).toBeLessThanOrEqual(Date.now() - 2 * hourMs);
    expect(endedMs - Date.parse(shown?.sharedAt ?? '')).toBe(600_000);
    const user = await stage.signIn('analyst');
    expect(await user.get(listSchema, 'GET', '/api/alerts')).toEqual({ alerts: [] });
  });

  test('ALE3 a test reaches its owner and the log, and nobody else', async () => {
    const user = await stage.signIn('analyst');
    const browser = await user.connect();
    await own.tell(own.alertOf({ isTest: true }));
    await own.tell(own.endedOf({ isTest: true }));
    expect(await own.ownerAlert()).toMatchObject({ isTest: true, stage: 'ended' });
    expect(await user.get(listSchema, 'GET', '/api/alerts')).toEqual({ alerts: [] });
    expect(await stage.audit('alert.changed')).toHaveLength(2);
    const dispatcher = await stage.signIn('dispatcher');
    expect((await dispatcher.call('POST', `/api/alerts/${id}/incident`)).status).toBe(404);
    // Whatever was told of the test stands before what is told of a real one.
    await own.tell(own.alertOf({ id: newId() }));
    await browser.heard('alert:changed', ({ alert }) => alert.id !== id);
    expect(browser.notifications('alert:changed').map(({ alert }) => alert.id)).not.toContain(id);
  });

  test('ALE7 an alert of which a relay does not know any more is over', async () => {
    await own.tell(own.alertOf());
    await own.tell(null);
    expect(await own.ownerAlert()).toMatchObject({ stage: 'ended', end: 'relayRestarted' });
  });

  test('ALE7 one that arms when the link is lost is not said to be over, one whose time is over is', async () => {
    const past = async () =>
      stage.db
        .update(alerts)
        .set({ until: new Date(Date.now() - 60_000) })
        .where(eq(alerts.id, id));
    await own.tell(own.alertOf({ stage: 'arming', leftMs: 3_000, sharedMs: 0 }));
    await past();
    expect(await own.ownerAlert()).toMatchObject({ stage: 'arming', endedAt: null, end: null });
    await own.tell(own.alertOf());
    await past();
    expect(await own.ownerAlert()).toMatchObject({ stage: 'ended', end: 'time' });
  });

  test('ALE7 is not kept when one relay makes up alert after alert', async () => {
    let made = own.id;
    await until(async () => {
      made = newId();
      const answer = await own.tell(own.alertOf({ id: made }));
      return z.object({ error: z.object({ code: z.literal('tooManyRequests') }) }).safeParse(answer).success;
    });
    expect(await findAlert(stage.db, stage.agencyId, made)).toBeNull();
  });
});

describe('what the owner wrote for responders', () => {
  test('ALE7 is read while the alert runs, as it is in the newest document, and not after', async () => {
    const browser = await own.wall();
    await own.share('Side door is open.');
    await own.tell(own.alertOf());
    await browser.heard('alert:changed', ({ alert }) => alert.note === 'Side door is open.');
    await own.share('Side door is shut. Call the desk.');
    await browser.heard('alert:changed', ({ alert }) => alert.note === 'Side door is shut. Call the desk.');
    await own.tell(own.endedOf());
    const ended = await browser.heard('alert:changed', ({ alert }) => alert.stage === 'ended');
    expect(ended.alert.note).toBe('');
    const user = await stage.signIn('analyst');
    expect((await user.get(listSchema, 'GET', '/api/alerts')).alerts).toMatchObject([{ id, note: '' }]);
    expect((await findAlert(stage.db, stage.agencyId, id))?.note).toBe('');
  });

  test('ALE7 is forgotten a day after, when nothing was heard of the end', async () => {
    await own.share('Side door is open.');
    await own.tell(own.alertOf());
    await forgetNotes(stage.db, new Date(Date.now() + 23 * hourMs));
    expect((await findAlert(stage.db, stage.agencyId, id))?.note).toBe('Side door is open.');
    await forgetNotes(stage.db, new Date(Date.now() + 25 * hourMs));
    expect((await findAlert(stage.db, stage.agencyId, id))?.note).toBe('');
  });

  test('ALE7 is gone with an alert that has vanished', async () => {
    await own.share('Side door is open.');
    await own.tell(own.alertOf());
    await own.tell(null);
    expect((await findAlert(stage.db, stage.agencyId, id))?.note).toBe('');
  });
});

describe('the answer to an alert', () => {
  const answer = async () => (await stage.signIn('dispatcher')).get(answerSchema, 'POST', `/api/alerts/${id}/incident`);
  const close = async (incidentId: string, disposition: Disposition) =>
    (await stage.signIn('dispatcher')).call('POST', `/api/incidents/${incidentId}/close`, { disposition });

  test('ALE8 is one incident at its site with the cameras of the alert, whoever is first', async () => {
    await own.tell(own.alertOf());
    const [one, other] = [await stage.signIn('dispatcher'), await stage.signIn('supervisor')];
    const answers = await Promise.all(
      [one, other].map((user) => user.get(answerSchema, 'POST', `/api/alerts/${id}/incident`)),
    );
    const [first, second] = answers;
    expect(first?.incident.id).toBe(second?.incident.id);
    expect(first).toMatchObject({
      incident: { title: 'Alert at Test site', priority: 1, cameraIds: [stage.cameras[0]?.id] },
      alert: { incidentId: first?.incident.id },
    });
    expect(await stage.audit('incident.created')).toHaveLength(1);
    const analyst = await stage.signIn('analyst');
    expect((await analyst.call('POST', `/api/alerts/${id}/incident`)).status).toBe(403);
  });

  test('ALE8 stays with the alert, whatever is kept of it then', async () => {
    await own.tell(own.alertOf());
    const before = await findAlert(stage.db, stage.agencyId, id);
    const { incident } = await answer();
    if (before === null) throw new Error('The alert was not kept.');
    // As one who read it before the answer.
    await saveAlert(stage.db, before);
    await own.tell(null);
    expect((await findAlert(stage.db, stage.agencyId, id))?.incidentId).toBe(incident.id);
  });

  test('ALE8 closing the incident has the relay end the alert, also when it was away', async () => {
    const asked: string[] = [];
    stage.relay.sharing['alert:end'] = async ({ alertId }) => {
      asked.push(alertId);
      return {};
    };
    await own.tell(own.alertOf());
    const { incident } = await answer();
    await close(incident.id, 'resolved');
    await until(() => asked.length === 1);
    await own.tell(own.alertOf());
    await until(() => asked.length === 2);
    expect(asked).toEqual([id, id]);
    expect(await stage.audit('alert.ordered')).toMatchObject(
      asked.map(() => ({ actorKind: 'system', targetId: id, details: { act: 'end', incidentId: incident.id } })),
    );
  });

  test('ALE8 the relay is asked again when it does not answer', async () => {
    let asked = 0;
    stage.relay.sharing['alert:end'] = async () => {
      asked += 1;
      if (asked < 3) throw new CodedError('timedOut');
      return {};
    };
    await own.tell(own.alertOf());
    await close((await answer()).incident.id, 'unfounded');
    await until(() => asked >= 3);
    expect(asked).toBe(3);
  });

  test.each(['duplicate', 'handedOver'] as const)(
    'ALE8 closing it as %s ends no alert, which can be answered anew',
    async (disposition) => {
      const asked: string[] = [];
      stage.relay.sharing['alert:end'] = async ({ alertId }) => {
        asked.push(alertId);
        return {};
      };
      await own.tell(own.alertOf());
      const { incident } = await answer();
      await close(incident.id, disposition);
      await own.tell(own.alertOf());
      const second = await answer();
      expect(second.incident.id).not.toBe(incident.id);
      expect(second.alert.incidentId).toBe(second.incident.id);
      await close(second.incident.id, 'resolved');
      await until(() => asked.length > 0);
      expect(asked).toEqual([id]);
    },
  );

  test('ALE8 has those cameras that whoever answers reaches', async () => {
    const administrator = await stage.signIn('administrator');
    await administrator.get(cameraGroupSchema, 'POST', '/api/camera-groups', {
      name: 'Schools',
      cameraIds: [stage.cameras[0]?.id],
      rules: [{ effect: 'deny', role: 'dispatcher', userId: null, permissions: ['camera.list', 'camera.view'] }],
    });
    await own.tell(own.alertOf());
    expect((await answer()).incident.cameraIds).toEqual([]);
  });

  test('ALE8 comes too late when the alert is over', async () => {
    await own.tell(own.endedOf({ end: 'owner' }));
    const dispatcher = await stage.signIn('dispatcher');
    expect((await dispatcher.call('POST', `/api/alerts/${id}/incident`)).status).toBe(409);
  });

  test('ALE1 a grant is given for a camera on alert while the alert runs, and not otherwise', async () => {
    const analyst = await stage.signIn('analyst');
    const ask = (camera: number) =>
      analyst.call('POST', '/api/grants', {
        incidentId: stage.incidentId,
        purpose: 'violentCrime',
        cameraIds: [stage.cameras[camera]?.id],
      });
    expect((await ask(0)).status).toBe(403);
    await own.tell(own.alertOf({ isTest: true }));
    expect((await ask(0)).status).toBe(403);
    await own.tell(own.alertOf({ id: newId() }));
    expect((await ask(1)).status).toBe(403);
    expect((await ask(0)).status).toBe(200);
  });
});
