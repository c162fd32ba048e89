import type { Grant } from '@commonsight/types/grant';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aGrant } from '../testing/records.ts';
import { GrantFlow } from './GrantFlow.ts';
import { createGrantsStore, grantsLoaded } from './grants.ts';

const incidentId = '0192f0c1-0000-7000-8000-000000000001';
const otherIncidentId = '0192f0c1-0000-7000-8000-000000000002';
const north = '0192f0c1-0000-7000-8000-00000000000a';
const south = '0192f0c1-0000-7000-8000-00000000000b';
const runningGrant: Grant = aGrant({
  id: '0192f0c1-0000-7000-8000-0000000000f1',
  userId: '0192f0c1-0000-7000-8000-0000000000f2',
  incidentId,
  cameraIds: [north],
});

function setUp({ grants = [] as Grant[], answerStatus = 200 } = {}) {
  const clock = { nowMs: Date.parse('2026-01-05T10:30:00.000Z') };
  const store = createGrantsStore();
  grantsLoaded(store, grants);
  const bodies: unknown[] = [];
  vi.stubGlobal('fetch', async (_path: string, { body }: { body: string }) => {
    const asked: unknown = JSON.parse(body);
    bodies.push(asked);
    const grant = { ...runningGrant, cameraIds: (asked as { cameraIds: string[] }).cameraIds };
    const failure = { error: { code: 'grantNeeded', message: 'Say why.' } };
    return new Response(JSON.stringify(answerStatus === 200 ? grant : failure), { status: answerStatus });
  });
  const flow = new GrantFlow(store, () => clock.nowMs);
  const question = () => flow.store.getState().question;
  return { flow, store, bodies, clock, question };
}

describe('GrantFlow', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('asks once for an incident, for all cameras that wait', () => {
    const { flow, question } = setUp();
    flow.invite(north);
    flow.needed(incidentId, [north]);
    flow.needed(incidentId, [south]);
    expect(question()).toEqual({ incidentId, cameraIds: [north] });
    flow.ask(incidentId);
    expect(question()).toEqual({ incidentId, cameraIds: [north, south] });
  });

  it('does not fall into other work: without an act of the user it waits for the button on the tile', () => {
    const { flow, question, clock } = setUp();
    flow.needed(incidentId, [north]);
    expect(question()).toBeNull();
    flow.invite(null);
    clock.nowMs += 60_000;
    flow.needed(incidentId, [north]);
    expect(question()).toBeNull();
    flow.askForCamera(north);
    expect(question()).toEqual({ incidentId, cameraIds: [north] });
  });

  it('adds cameras to a grant that runs, without a question', async () => {
    const { flow, store, bodies, question } = setUp({ grants: [runningGrant] });
    flow.invite(south);
    flow.needed(incidentId, [south]);
    flow.needed(incidentId, [south]);
    await vi.waitFor(() => expect(flow.store.getState().waiting.size).toBe(0));
    expect(bodies).toEqual([{ incidentId, purpose: null, cameraIds: [south] }]);
    expect(question()).toBeNull();
    expect(store.getState().byId.get(runningGrant.id)?.cameraIds).toContain(south);
  });

  it('asks after all when the server says that the grant does not run any more', async () => {
    const { flow, question } = setUp({ grants: [runningGrant], answerStatus: 403 });
    flow.needed(incidentId, [south]);
    await vi.waitFor(() => expect(question()).toEqual({ incidentId, cameraIds: [south] }));
  });

  it('sends the answer for every camera that waits and is done', async () => {
    const { flow, bodies, store, question } = setUp();
    flow.invite(null);
    flow.needed(incidentId, [north, south]);
    const result = await flow.answer(incidentId, 'violentCrime');
    expect(result.state).toBe('ok');
    expect(bodies).toEqual([{ incidentId, purpose: 'violentCrime', cameraIds: [north, south] }]);
    expect(question()).toBeNull();
    expect(store.getState().byId.size).toBe(1);
  });

  it('stays open with the error when the answer is refused', async () => {
    const { flow, question } = setUp({ answerStatus: 403 });
    flow.invite(null);
    flow.needed(incidentId, [north]);
    expect(await flow.answer(incidentId, 'training')).toMatchObject({ state: 'failed' });
    expect(question()).not.toBeNull();
  });

  it('does not open again by itself after it was put off', () => {
    const { flow, question } = setUp();
    flow.invite(null);
    flow.needed(incidentId, [north]);
    flow.dismiss();
    flow.needed(incidentId, [north]);
    expect(question()).toBeNull();
    flow.askForCamera(north);
    expect(question()).not.toBeNull();
  });

  it('is answered by a grant that came from another window', () => {
    const { flow, question } = setUp();
    flow.invite(null);
    flow.needed(incidentId, [north]);
    flow.handleGrant(incidentId, [north, south]);
    expect(question()).toBeNull();
  });

  it('asks for the incident too where none is chosen, and forgets cameras that left the wall', () => {
    const { flow, question } = setUp();
    flow.invite(null);
    flow.needed(null, [north, south]);
    expect(question()).toEqual({ incidentId: null, cameraIds: [north, south] });
    flow.keepOnly(new Set());
    expect(question()).toBeNull();
  });

  it('asks what was requested behind a standing question as soon as that is closed, however it closes', async () => {
    const { flow, question } = setUp();
    const behind = { incidentId: otherIncidentId, cameraIds: [south] };
    const close: (() => Promise<unknown>)[] = [
      async () => flow.dismiss(),
      () => flow.answer(incidentId, 'training'),
      async () => flow.handleGrant(incidentId, [north]),
    ];
    for (const act of close) {
      flow.request(incidentId, [north]);
      flow.request(otherIncidentId, [south]);
      flow.keepOnly(new Set([north]));
      expect(question()).toEqual({ incidentId, cameraIds: [north] });
      // One after another: each way of closing starts from the same two questions.
      await act();
      expect(question()).toEqual(behind);
      flow.dismiss();
      expect(question()).toBeNull();
      flow.keepOnly(new Set());
    }
  });

  it('forgets a request once it is answered', async () => {
    const { flow, question, clock } = setUp();
    flow.request(incidentId, [north]);
    await flow.answer(incidentId, 'training');
    clock.nowMs += 2 * 3600 * 1000;
    flow.invite(null);
    flow.needed(incidentId, [south]);
    expect(question()).toEqual({ incidentId, cameraIds: [south] });
    flow.keepOnly(new Set());
    expect(flow.store.getState().waiting.size).toBe(0);
    expect(question()).toBeNull();
  });

  it('keeps a question that somebody asked for while others change the wall', () => {
    const { flow, question } = setUp();
    flow.request(incidentId, [north]);
    flow.keepOnly(new Set());
    expect(question()).toEqual({ incidentId, cameraIds: [north] });
    flow.dismiss();
    flow.keepOnly(new Set());
    flow.ask(incidentId);
    expect(question()).toBeNull();
  });
});
