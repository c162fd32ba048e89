import { generateKeyPairSync, sign } from 'node:crypto';
import { alertSchema } from '@commonsight/types/alert';
import { incidentSchema } from '@commonsight/types/incident';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { ownerRelaySchema } from '@commonsight/types/owner';
import { alertSignatureContext, type AlertState } from '@commonsight/types/relay/alert';
import { canonicalBytes } from 'commonsight-verify/entry';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ledgerLinks } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { hashOf } from '../ledger/LedgerLinks.ts';
import { Stage } from '../signaling/testing/Stage.ts';
import { seedTestUser } from '../testing/seed.ts';
import { until } from '../testing/until.ts';

const secret = 's'.repeat(43);
const owner = generateKeyPairSync('ed25519');
let stage: Stage;

beforeEach(async () => {
  stage = await Stage.create();
  await stage.connectMedia();
  const { userId: createdBy } = await seedTestUser(stage.db, { agencyId: stage.agencyId, role: 'administrator' });
  const { agencyId, siteId } = stage;
  const link = { id: newId(), agencyId, siteId, secretHash: hashOf(secret), createdBy, createdAt: new Date() };
  await stage.db.insert(ledgerLinks).values(link);
  const [first, second] = stage.cameras;
  await stage.relay.ask('sharing:tell', {
    state: 'paired',
    ownerKeys: [],
    inForce: null,
    modes: { [first?.id ?? '']: 'onAlert', [second?.id ?? '']: 'off' },
    others: 'always',
  });
});
afterEach(() => stage.close());

const id = newId();
function alertOf(changed: Partial<AlertState> = {}): AlertState {
  const shared = { id, isTest: false, trigger: 'owner', stage: 'sharing', leftMs: 60_000, sharedMs: 1_000 } as const;
  return { ...shared, mayExtend: false, end: null, ...changed };
}
const tell = (alert: AlertState | null) => stage.relay.ask('alert:tell', { alert });

async function call(method: 'GET' | 'POST', path: string, body?: unknown) {
  const response = await fetch(`${stage.url}${path}`, {
    method,
    headers: {
      [ledgerSecretHeader]: secret,
      ...(body === undefined ? {} : { 'content-type': 'application/json', origin: stage.url }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}
const ownerAlert = async () => ownerRelaySchema.parse((await call('GET', '/api/owner/relay')).body['relay']).alert;
const listSchema = z.object({ alerts: z.array(alertSchema) });
const answerSchema = z.object({ incident: incidentSchema, alert: alertSchema });

function signed(act: string) {
  const order = canonicalBytes({
    format: 'commonsight-alert-1',
    relayId: stage.relay.relayId,
    challenge: 'c'.repeat(43),
    act,
  });
  const signature = sign(null, Buffer.concat([Buffer.from(alertSignatureContext), order]), owner.privateKey);
  return { order: Buffer.from(order).toString('base64url'), signature: signature.toString('base64url') };
}

describe('what a relay tells of an alert', () => {
  test('ALE7 reaches walls when it shares, and the log with each stage', async () => {
    const { browser } = await stage.viewer();
    await tell(alertOf({ stage: 'arming', sharedMs: 0 }));
    expect((await ownerAlert())?.stage).toBe('arming');
    await tell(alertOf());
    expect(await browser.heard('alert:changed')).toMatchObject({ alert: { id, stage: 'sharing', incidentId: null } });
    expect(browser.notifications('alert:changed')).toHaveLength(1);
    await tell(alertOf());
    await tell(alertOf({ stage: 'ended', end: 'time', leftMs: 0 }));
    await browser.heard('alert:changed', ({ alert }) => alert.stage === 'ended');
    const lines = await stage.audit('alert.changed');
    expect(lines.map(({ details }) => details['stage'])).toEqual(['arming', 'sharing', 'ended']);
  });

  test('ALE3 a test reaches its owner and the log, and nobody else', async () => {
    const { browser, user } = await stage.viewer();
    await tell(alertOf({ isTest: true }));
    await tell(alertOf({ isTest: true, stage: 'ended', end: 'time' }));
    expect(await ownerAlert()).toMatchObject({ isTest: true, stage: 'ended' });
    expect(browser.notifications('alert:changed')).toEqual([]);
    expect(await user.get(listSchema, 'GET', '/api/alerts')).toEqual({ alerts: [] });
    expect(await stage.audit('alert.changed')).toHaveLength(2);
    const dispatcher = await stage.signIn('dispatcher');
    expect((await dispatcher.call('POST', `/api/alerts/${id}/incident`)).status).toBe(404);
  });

  test('ALE7 an alert of which a relay does not know any more is over', async () => {
    await tell(alertOf());
    await tell(null);
    expect(await ownerAlert()).toMatchObject({ stage: 'ended', end: 'relayRestarted' });
  });
});

describe('the answer to an alert', () => {
  test('ALE8 is one incident at its site with the cameras of the alert, whoever is first', async () => {
    await tell(alertOf());
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

  test('ALE8 closing the incident has the relay end the alert, also when it was away', async () => {
    const asked: string[] = [];
    stage.relay.sharing['alert:end'] = async ({ alertId }) => {
      asked.push(alertId);
      return {};
    };
    await tell(alertOf());
    const dispatcher = await stage.signIn('dispatcher');
    const { incident } = await dispatcher.get(answerSchema, 'POST', `/api/alerts/${id}/incident`);
    await dispatcher.call('POST', `/api/incidents/${incident.id}/close`, { disposition: 'resolved' });
    await until(() => asked.length === 1);
    await tell(alertOf());
    await until(() => asked.length === 2);
    expect(asked).toEqual([id, id]);
  });

  test('ALE8 comes too late when the alert is over', async () => {
    await tell(alertOf({ stage: 'ended', end: 'owner' }));
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
    await tell(alertOf({ isTest: true }));
    expect((await ask(0)).status).toBe(403);
    await tell(alertOf({ id: newId() }));
    expect((await ask(1)).status).toBe(403);
    expect((await ask(0)).status).toBe(200);
  });
});

describe('an order of an owner', () => {
  const order = (act: string) =>
    call('POST', '/api/owner/alert', { relayId: stage.relay.relayId, signed: signed(act) });

  test('ALE4 goes to the relay as it is, after its line', async () => {
    const prepared = await call('POST', '/api/owner/alert/challenge', { relayId: stage.relay.relayId });
    expect(prepared).toMatchObject({ status: 200, body: { challenge: 'c'.repeat(43) } });
    const handed: unknown[] = [];
    stage.relay.sharing['alert:order'] = async (request) => {
      handed.push(request.signed);
      return { alert: alertOf({ stage: 'arming', sharedMs: 0 }), receipt: 'cmVjZWlwdA' };
    };
    const answer = await order('start');
    expect(answer).toMatchObject({ status: 200, body: { alert: { id, stage: 'arming' }, receipt: 'cmVjZWlwdA' } });
    expect(handed).toEqual([signed('start')]);
    expect((await stage.audit('alert.ordered')).map(({ details }) => details['act'])).toEqual(['start']);
  });

  test('ALE4 that the relay refuses, or cannot hear, is refused and not kept', async () => {
    stage.relay.sharing['alert:order'] = () => Promise.reject(new CodedError('notPermitted', 'It came too late.'));
    expect(await order('end')).toMatchObject({ status: 403, body: { error: { message: 'It came too late.' } } });
    stage.relay.disconnect();
    await until(async () => (await order('start')).status === 503);
    expect((await stage.audit('alert.ordered')).map(({ outcome }) => outcome)).toContain('refused');
    expect(await ownerAlert()).toBeNull();
  });
});
