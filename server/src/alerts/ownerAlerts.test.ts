import { ownerRelaySchema } from '@commonsight/types/owner';
import type { AlertState } from '@commonsight/types/relay/alert';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Stage } from '../signaling/testing/Stage.ts';
import { until } from '../testing/until.ts';
import { AlertStage } from './testing/AlertStage.ts';

let own: AlertStage;
let stage: Stage;
let handed: unknown[];

beforeEach(async () => {
  own = await AlertStage.create();
  ({ stage } = own);
  handed = [];
});
afterEach(() => own.close());

function relayAnswers(alert: AlertState | null): void {
  stage.relay.sharing['alert:order'] = async (request) => {
    handed.push(request.signed);
    return { alert, receipt: 'cmVjZWlwdA' };
  };
}

/** What the log has of orders: how each went, by its details. */
const lines = async () =>
  (await stage.audit('alert.ordered')).map(({ outcome, details }) => [outcome, details['act'], details['code']]);

describe('ALE4 an order of an owner', () => {
  test('goes to the relay as it is, after its line, and its answer comes back as the relay has signed it', async () => {
    const prepared = await own.call('POST', '/api/owner/alert/challenge', { relayId: own.relayId });
    expect(prepared).toMatchObject({ status: 200, body: { challenge: 'c'.repeat(43) } });
    const told = own.alertOf({ stage: 'arming', sharedMs: 0, leftMs: 4_321 });
    relayAnswers(told);
    expect(await own.order('start')).toEqual({
      status: 200,
      body: {
        alert: expect.objectContaining({ id: own.id, stage: 'arming', leftMs: 4_321 }),
        told,
        receipt: 'cmVjZWlwdA',
      },
    });
    expect(handed).toEqual([own.signed('start')]);
    expect(await lines()).toEqual([['done', 'start', undefined]]);
    expect(await own.ownerAlert()).toMatchObject({ id: own.id, stage: 'arming' });
  });

  test('to end an alert comes back also where there is none', async () => {
    relayAnswers(null);
    const answer = await own.order('end');
    expect(answer).toEqual({ status: 200, body: { alert: null, told: null, receipt: 'cmVjZWlwdA' } });
  });

  test('that nobody has signed, or that is no order, is not carried and leaves its line', async () => {
    relayAnswers(own.alertOf());
    expect((await own.order('start', 'stranger')).status).toBe(403);
    const unsigned = { order: 'e30', signature: 'c2ln' };
    for (const [signed, status] of [
      [unsigned, 403],
      [own.seal({}), 400],
    ] as const) {
      expect((await own.call('POST', '/api/owner/alert', { relayId: own.relayId, signed })).status).toBe(status);
    }
    expect((await own.call('POST', '/api/owner/alert', { relayId: newId(), signed: own.signed('end') })).status).toBe(
      404,
    );
    expect(handed).toEqual([]);
    expect(await lines()).toEqual([
      ['refused', undefined, 'notPermitted'],
      ['refused', undefined, 'notPermitted'],
      ['refused', undefined, 'badRequest'],
      ['refused', undefined, 'notFound'],
    ]);
  });

  test('that the relay refuses, or cannot hear, is refused and not kept', async () => {
    stage.relay.sharing['alert:order'] = () => Promise.reject(new CodedError('notPermitted', 'It came too late.'));
    expect(await own.order('end')).toMatchObject({ status: 403, body: { error: { message: 'It came too late.' } } });
    expect(await lines()).toEqual([
      ['done', 'end', undefined],
      ['refused', 'end', 'notPermitted'],
    ]);
    stage.relay.disconnect();
    await until(async () => (await own.order('start')).status === 503);
    expect((await lines()).at(-1)).toEqual(['refused', 'start', 'relayOffline']);
    expect(await own.ownerAlert()).toBeNull();
  });

  test('without an answer is not written down as refused', async () => {
    stage.relay.sharing['alert:order'] = () => Promise.reject(new CodedError('timedOut'));
    expect((await own.order('start')).status).toBe(504);
    expect(await lines()).toEqual([
      ['done', 'start', undefined],
      ['done', 'start', 'timedOut'],
    ]);
  });

  test('that the relay has taken is answered with its receipt, also when it cannot be kept here', async () => {
    // So many that the next one is not kept now.
    await until(async () => {
      const answer = await own.tell(own.alertOf({ id: newId() }));
      return z.object({ ok: z.literal(false) }).safeParse(answer).success;
    });
    const told = own.alertOf({ id: newId(), stage: 'arming', sharedMs: 0 });
    relayAnswers(told);
    const answer = await own.order('start');
    expect(answer).toMatchObject({
      status: 200,
      body: { alert: { id: told.id, stage: 'arming' }, told, receipt: 'cmVjZWlwdA' },
    });
    expect(await lines()).toEqual([['done', 'start', undefined]]);
  });
});

describe('the receipt of an alert', () => {
  const shownIds = async () => {
    const { body } = await own.call('GET', '/api/owner/relay');
    const { alert, lastReal } = ownerRelaySchema.parse(body['relay']);
    return [alert?.id ?? null, lastReal?.id ?? null];
  };

  test('stays beside a later test, and beside one that was cancelled before it shared anything', async () => {
    const [test, cancelled] = [newId(), newId()];
    expect(await shownIds()).toEqual([null, null]);
    await own.tell(own.endedOf());
    await until(async () => (await shownIds())[0] === own.id);
    expect(await shownIds()).toEqual([own.id, own.id]);
    await own.tell(own.endedOf({ id: test, isTest: true, sharedMs: 500 }));
    await until(async () => (await shownIds())[0] === test);
    expect(await shownIds()).toEqual([test, own.id]);
    await own.tell(own.endedOf({ id: cancelled, end: 'cancelled', sharedMs: 0 }));
    await until(async () => (await shownIds())[0] === cancelled);
    expect(await shownIds()).toEqual([cancelled, own.id]);
  });
});
