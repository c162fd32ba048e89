import { randomUUID } from 'node:crypto';
import { mostUploadRefusals } from '@commonsight/types/relay/upload';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { type TestedRates, type UploadingStream, UploadPlan } from './UploadPlan.ts';

interface Sending extends UploadingStream {
  sentBytes: number;
  uplinkCount: number;
}

let limit: number | null;
let sending: Sending[];
let tested: Map<string, TestedRates>;
let nowMs: number;
let plan: UploadPlan;

beforeEach(async () => {
  [limit, sending, tested, nowMs] = [10_000, [], new Map(), 0];
  plan = new UploadPlan({
    limit: () => limit,
    sending: () => sending,
    readTested: async () => tested,
    log: pino({ level: 'silent' }),
  });
  await plan.look(nowMs);
});

function send(cameraId: string, kind: 'main' | 'sub', uplinkCount = 1): Sending {
  const stream = { identity: { streamId: randomUUID(), cameraId, kind }, sentBytes: 0, uplinkCount };
  sending.push(stream);
  return stream;
}

/** Some looks, two seconds apart, with so many kilobits a second of each stream. */
async function measure(rates: ReadonlyMap<Sending, number>, looks: number): Promise<boolean[]> {
  const answers: boolean[] = [];
  for (let look = 0; look < looks; look += 1) {
    nowMs += 2_000;
    for (const [stream, kilobits] of rates) stream.sentBytes += (kilobits * 2_000) / 8;
    answers.push(await plan.look(nowMs));
  }
  return answers;
}

const add = async (cameraId: string, rates: TestedRates) => {
  tested.set(cameraId, rates);
  await plan.look((nowMs += 1));
};

it('UPL1 without a limit everything begins', () => {
  limit = null;
  for (let each = 0; each < 100; each += 1) plan.reserve({ cameraId: randomUUID(), kind: 'main' });
  expect(plan.state).toMatchObject({ limitKilobitsPerSecond: null, refused: [] });
});

it('UPL1 what is not known is reckoned as usual, and two that begin at once count each other', () => {
  const release = plan.reserve({ cameraId: 'a', kind: 'main' });
  plan.reserve({ cameraId: 'b', kind: 'main' });
  expect(() => plan.reserve({ cameraId: 'c', kind: 'main' })).toThrow(
    'The owner lets 10.0 Mbit/s leave this site, and 1.6 Mbit/s of it is free. The large picture needs about 4.2 Mbit/s.',
  );
  release();
  plan.reserve({ cameraId: 'c', kind: 'main' });
});

it('UPL1 says when the small picture would fit, and refuses what does not, with its reason', async () => {
  await add('a', { main: 12_000, sub: 600 });
  expect(() => plan.reserve({ cameraId: 'a', kind: 'main' })).toThrow('The small one fits.');
  plan.reserve({ cameraId: 'a', kind: 'sub' });
  await add('b', { main: 12_000 });
  expect(() => plan.reserve({ cameraId: 'b', kind: 'main' })).toThrow('Close another camera of this site.');
  expect(plan.state.refused.map(({ cameraId, kind }) => `${cameraId} ${kind}`)).toEqual(['b main', 'a main']);
  for (let each = 0; each < 20; each += 1) {
    expect(() => plan.reserve({ cameraId: 'b', kind: 'main' })).toThrow(
      expect.objectContaining({ code: 'uploadFull' }),
    );
  }
  expect(plan.state.refused).toHaveLength(mostUploadRefusals);
});

it('UPL1 what was measured counts more than the test, each copy of it, and its peak is remembered', async () => {
  await add('a', { main: 1_000 });
  const stream = send('a', 'main', 2);
  expect(plan.state.plannedKilobitsPerSecond).toBe(2_100);
  await measure(new Map([[stream, 8_000]]), 4);
  expect(plan.state.sendingKilobitsPerSecond).toBe(8_400);
  expect(plan.state.plannedKilobitsPerSecond).toBe(8_400);
  await measure(new Map([[stream, 800]]), 4);
  expect(plan.state.sendingKilobitsPerSecond).toBe(840);
  expect(plan.state.plannedKilobitsPerSecond).toBeGreaterThan(8_000);
  sending = [];
  limit = 4_000;
  expect(() => plan.reserve({ cameraId: 'a', kind: 'main' })).toThrow('Close another camera');
});

it('UPL1 each stream is told at the rate that the sum counts it with, for as long as it sends', async () => {
  const [large, small] = [send('a', 'main', 2), send('b', 'sub')];
  expect(plan.rateOf(large.identity.streamId)).toBe(0);
  await measure(
    new Map([
      [large, 4_000],
      [small, 1_000],
    ]),
    2,
  );
  expect(plan.rateOf(large.identity.streamId)).toBeCloseTo(4_200);
  expect(plan.rateOf(small.identity.streamId)).toBeCloseTo(1_050);
  expect(plan.state.sendingKilobitsPerSecond).toBe(5_250);
  sending = [small];
  expect(plan.state.sendingKilobitsPerSecond).toBe(1_050);
  await measure(new Map([[small, 0]]), 1);
  expect([large, small].map(({ identity }) => plan.rateOf(identity.streamId))).toEqual([0, 0]);
});

it('UPL2 more than the limit for some looks on end is too much, and a burst is not', async () => {
  const stream = send('a', 'main');
  const rate = (kilobits: number) => new Map([[stream, kilobits]]);
  await measure(rate(5_000), 1);
  expect(await measure(rate(20_000), 4)).toEqual([false, false, false, false]);
  expect(await measure(rate(5_000), 1)).toEqual([false]);
  expect(await measure(rate(20_000), 5)).toEqual([false, false, false, false, true]);
  // The next one ends only if it goes on.
  expect(await measure(rate(20_000), 1)).toEqual([false]);
  limit = null;
  expect(await measure(rate(20_000), 6)).not.toContain(true);
});

describe('UPL2 the stream that ends', () => {
  const chosen = () => plan.chooseEnd(sending)?.stream.identity.cameraId;

  it('is the one furthest above its test, or above what is usual, and no other camera’s', async () => {
    await add('flood', { main: 3_000 });
    await add('large', { main: 12_000 });
    const [flood, large, last] = [send('flood', 'sub'), send('large', 'main'), send('last', 'main')];
    // The small picture was not tested: usual is 0.8 Mbit/s.
    await measure(
      new Map([
        [flood, 9_000],
        [large, 13_000],
        [last, 6_000],
      ]),
      2,
    );
    expect(chosen()).toBe('flood');
    expect(plan.chooseEnd(sending)?.message).toContain('furthest above');
    sending = [large, last];
    expect(chosen()).toBe('last');
    sending = [large];
    expect(plan.chooseEnd(sending)?.message).toBe('It was ended: more left the site than its owner allows.');
  });

  it('is the large picture that began last when all send about as they were tested, each copy counted', async () => {
    for (const camera of ['a', 'b', 'c']) await add(camera, { main: 4_000, sub: 500 });
    const [a, b, c] = [send('a', 'main', 2), send('b', 'main'), send('c', 'sub')];
    await measure(
      new Map([
        [a, 9_600],
        [b, 3_000],
        [c, 550],
      ]),
      2,
    );
    expect(chosen()).toBe('b');
    sending = [c];
    expect(chosen()).toBe('c');
    sending = [];
    expect(chosen()).toBeUndefined();
  });
});

it('a file of cameras that cannot be read changes nothing', async () => {
  await add('a', { main: 2_000 });
  const failing = new UploadPlan({
    limit: () => 3_000,
    sending: () => [],
    readTested: () => Promise.reject(new Error('open to others')),
    log: pino({ level: 'silent' }),
  });
  expect(await failing.look(0)).toBe(false);
  expect(() => failing.reserve({ cameraId: 'a', kind: 'main' })).toThrow(
    expect.objectContaining({ code: 'uploadFull' }),
  );
});
