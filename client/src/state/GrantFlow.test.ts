import type { Grant } from '@commonsight/types/grant';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aGrant, aGrantRequest } from '../testing/records.ts';
import { GrantFlow } from './GrantFlow.ts';
import { createGrantRequestsStore } from './grantRequests.ts';
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

interface SetUp {
  grants?: Grant[];
  answerStatus?: number;
  refusal?: string;
  isDispatcher?: boolean;
}

const waitingRequest = aGrantRequest({
  id: '0192f0c1-0000-7000-8000-0000000000f3',
  user: { id: runningGrant.userId, name: 'Ana Ruiz', role: 'analyst' },
  incidentId,
  cameraIds: [north],
});

function setUp({ grants = [], answerStatus = 200, refusal = 'grantNeeded', isDispatcher = false }: SetUp = {}) {
  const clock = { nowMs: Date.parse('2026-01-05T10:30:00.000Z') };
  const store = createGrantsStore();
  grantsLoaded(store, grants);
  const bodies: unknown[] = [];
  const requests = createGrantRequestsStore();
  const known = { isSettled: true, answered: new Set<string>() };
  vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
    const asked: unknown = JSON.parse(body);
    bodies.push(asked);
    if (path === '/api/grant-requests' && answerStatus === 200) return Response.json(waitingRequest);
    const grant = { ...runningGrant, cameraIds: (asked as { cameraIds: string[] }).cameraIds };
    const failure = { error: { code: refusal, message: 'Say why.' } };
    return new Response(JSON.stringify(answerStatus === 200 ? grant : failure), { status: answerStatus });
  });
  const flow = new GrantFlow({
    grants: store,
    requests,
    serverNowMs: () => clock.nowMs,
    isSettled: () => known.isSettled,
    isAnswered: (cameraId) => known.answered.has(cameraId),
    hasOwnPurpose: () => isDispatcher,
  });
  const question = () => flow.store.getState().question;
  return { flow, store, requests, known, bodies, clock, question };
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
    expect(question()).toMatchObject({ incidentId, cameraIds: [north] });
    flow.ask(incidentId);
    expect(question()).toMatchObject({ incidentId, cameraIds: [north, south] });
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
    expect(question()).toMatchObject({ incidentId, cameraIds: [north] });
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
    await vi.waitFor(() => expect(question()).toMatchObject({ incidentId, cameraIds: [south] }));
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
    flow.handleAnswered(incidentId, [north, south]);
    expect(question()).toBeNull();
  });

  it('asks for the incident too where none is chosen, and forgets cameras that left the wall', () => {
    const { flow, question } = setUp();
    flow.invite(null);
    flow.needed(null, [north, south]);
    expect(question()).toMatchObject({ incidentId: null, cameraIds: [north, south] });
    flow.keepOnly(new Set());
    expect(question()).toBeNull();
  });

  it('asks what was requested behind a standing question as soon as that is closed, however it closes', async () => {
    const { flow, question, clock } = setUp();
    const behind = { incidentId: otherIncidentId, cameraIds: [south] };
    const close: (() => Promise<unknown>)[] = [
      async () => flow.dismiss(),
      () => flow.answer(incidentId, 'training'),
      async () => flow.handleAnswered(incidentId, [north]),
    ];
    for (const act of close) {
      flow.request(incidentId, [north]);
      flow.request(otherIncidentId, [south]);
      flow.keepOnly(new Set([north]));
      expect(question()).toMatchObject({ incidentId, cameraIds: [north] });
      // One after another: each way of closing starts from the same two questions.
      await act();
      expect(question()).toMatchObject(behind);
      flow.dismiss();
      expect(question()).toBeNull();
      flow.keepOnly(new Set());
      // The grant that was given has run out.
      clock.nowMs += 2 * 3600 * 1000;
    }
  });

  it('forgets a request once it is answered', async () => {
    const { flow, question, clock } = setUp();
    flow.request(incidentId, [north]);
    await flow.answer(incidentId, 'training');
    clock.nowMs += 2 * 3600 * 1000;
    flow.invite(null);
    flow.needed(incidentId, [south]);
    expect(question()).toMatchObject({ incidentId, cameraIds: [south] });
    flow.keepOnly(new Set());
    expect(flow.store.getState().waiting.size).toBe(0);
    expect(question()).toBeNull();
  });

  it('keeps a question that somebody asked for while others change the wall', () => {
    const { flow, question } = setUp();
    flow.request(incidentId, [north]);
    flow.keepOnly(new Set());
    expect(question()).toMatchObject({ incidentId, cameraIds: [north] });
    flow.dismiss();
    flow.keepOnly(new Set());
    flow.ask(incidentId);
    expect(question()).toBeNull();
  });

  it('sends a request for approval on and asks no more', async () => {
    const { flow, bodies, requests, question } = setUp();
    flow.invite(null);
    flow.needed(incidentId, [north]);
    expect(await flow.requestApproval(incidentId, 'violentCrime', 'Case 26-114')).toMatchObject({ state: 'ok' });
    expect(bodies).toEqual([{ incidentId, purpose: 'violentCrime', cameraIds: [north], note: 'Case 26-114' }]);
    expect(requests.getState().byId.size).toBe(1);
    expect(question()).toBeNull();
  });

  it('opens nothing by itself for a camera whose request waits or was refused, and asks again by the button', () => {
    const { flow, known, question } = setUp();
    known.answered.add(north);
    flow.invite(null);
    flow.needed(incidentId, [north]);
    expect(question()).toBeNull();
    flow.needed(incidentId, [north, south]);
    expect(question()).toMatchObject({ cameraIds: [south] });
    flow.dismiss();
    flow.request(incidentId, [north]);
    expect(question()).toMatchObject({ incidentId, purpose: null });
  });

  it('asks nothing before it is known which requests stand', () => {
    const { flow, known, question } = setUp();
    known.isSettled = false;
    flow.invite(null);
    flow.needed(incidentId, [north]);
    flow.handleSettled();
    expect(question()).toBeNull();
    known.isSettled = true;
    flow.handleSettled();
    expect(question()).toMatchObject({ incidentId, cameraIds: [north] });
  });

  it('looks at once with the proof of who sits there', async () => {
    const { flow, bodies, store, question } = setUp();
    flow.askToBreakGlass(incidentId, [north], 'violentCrime');
    expect(question()).toMatchObject({ isBreakGlass: true, purpose: 'violentCrime' });
    const reauthentication = { factor: 'totp', code: '123456' } as const;
    await flow.breakGlass(incidentId, 'violentCrime', reauthentication);
    expect(bodies).toEqual([{ incidentId, purpose: 'violentCrime', cameraIds: [north], reauthentication }]);
    expect(store.getState().byId.size).toBe(1);
    expect(question()).toBeNull();
  });

  it('asks a dispatcher nothing: the policy has a purpose for what they open', async () => {
    const { flow, bodies, question } = setUp({ isDispatcher: true });
    flow.needed(incidentId, [north]);
    expect(bodies).toEqual([]);
    flow.invite(north);
    flow.needed(incidentId, [north, south]);
    await vi.waitFor(() => expect(flow.store.getState().waiting.size).toBe(0));
    expect(bodies).toEqual([{ incidentId, purpose: null, cameraIds: [north, south] }]);
    expect(question()).toBeNull();
  });

  it('asks a dispatcher after all when the policy wants an approval, and says so', async () => {
    const { flow, question } = setUp({ isDispatcher: true, answerStatus: 403, refusal: 'approvalNeeded' });
    flow.request(incidentId, [north]);
    await vi.waitFor(() => expect(question()).toMatchObject({ incidentId, refusal: { code: 'approvalNeeded' } }));
  });

  it('asks for what has run out under its purpose, without a question', async () => {
    const { flow, bodies, question } = setUp();
    flow.request(incidentId, [north], 'violentCrime');
    await vi.waitFor(() => expect(flow.store.getState().waiting.size).toBe(0));
    expect(bodies).toEqual([{ incidentId, purpose: 'violentCrime', cameraIds: [north] }]);
    expect(question()).toBeNull();
  });

  it('keeps the purpose in the question when it cannot be had without one', async () => {
    const { flow, question } = setUp({ answerStatus: 403, refusal: 'approvalNeeded' });
    flow.request(incidentId, [north], 'violentCrime');
    await vi.waitFor(() => expect(question()).toMatchObject({ purpose: 'violentCrime', cameraIds: [north] }));
  });
});
