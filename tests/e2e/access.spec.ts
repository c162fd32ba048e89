import { signalingRequests } from '@commonsight/types/signaling/requests';
import { expect, test } from '@playwright/test';
import { SignalingProbe, signInForCookie } from '../support/SignalingProbe.ts';
import { cameraOf, type City, trainingCity, userOf } from './city.ts';

// What the console would never send, sent by a bare socket.
test.describe('nobody sees a camera without a grant', () => {
  let city: City;
  test.beforeAll(() => {
    city = trainingCity();
  });
  const headers = (cookie: string) => ({
    cookie,
    origin: new URL(city.url).origin,
    'content-type': 'application/json',
  });
  const post = (path: string, cookie: string, body: unknown): Promise<Response> =>
    fetch(`${city.url}${path}`, { method: 'POST', headers: headers(cookie), body: JSON.stringify(body) });

  async function openedProbe(role: string): Promise<{ probe: SignalingProbe; cookie: string }> {
    const cookie = await signInForCookie(city.url, userOf(city, role));
    return { probe: await SignalingProbe.connect(city.url, cookie), cookie };
  }

  /** Opens a peer with a transport, as far as one comes without a grant. */
  async function openPeer(probe: SignalingProbe): Promise<void> {
    const opened = await probe.request('peer:open', { resume: null });
    if (!opened.ok) throw new Error(`The peer was refused: ${opened.error.message}`);
    const { routerRtpCapabilities } = signalingRequests['peer:open'].response.parse(opened.value);
    const created = await probe.request('transport:create', { rtpCapabilities: routerRtpCapabilities });
    expect(created.ok).toBe(true);
  }

  const view = async (probe: SignalingProbe, cameraId: string, incidentId: string) => {
    const answer = await probe.request('consumer:create', { items: [{ cameraId, stream: 'sub', incidentId }] });
    if (!answer.ok) return answer.error.code;
    const { results } = answer.value as { results: ({ ok: true } | { ok: false; error: { code: string } })[] };
    const result = results[0];
    return result === undefined || result.ok ? 'shown' : result.error.code;
  };

  async function newIncident(cookie: string): Promise<string> {
    const answer = await post('/api/incidents', cookie, {
      title: 'Nobody may look here yet',
      priority: 3,
      position: { latitude: 43.04, longitude: -87.91 },
    });
    expect(answer.ok).toBe(true);
    return ((await answer.json()) as { id: string }).id;
  }

  test('CON1 an analyst without a grant for the incident is refused, and after asking is not', async () => {
    const dispatcherCookie = await signInForCookie(city.url, userOf(city, 'dispatcher'));
    const incidentId = await newIncident(dispatcherCookie);
    const { probe, cookie } = await openedProbe('analyst');
    const camera = cameraOf(city, 12).id;
    await openPeer(probe);
    expect(await view(probe, camera, incidentId)).toBe('grantNeeded');
    const granted = await post('/api/grants', cookie, { incidentId, purpose: 'training', cameraIds: [camera] });
    expect(granted.ok).toBe(true);
    // The grant is for this camera and no other.
    expect(await view(probe, cameraOf(city, 13).id, incidentId)).toBe('grantNeeded');
    // Closing the incident ends the grant, and another one cannot be had for it.
    expect((await post(`/api/incidents/${incidentId}/close`, dispatcherCookie, { disposition: 'resolved' })).ok).toBe(
      true,
    );
    expect(['grantNeeded', 'incidentClosed']).toContain(await view(probe, camera, incidentId));
    const again = await post('/api/grants', cookie, { incidentId, purpose: 'training', cameraIds: [camera] });
    expect(again.status).toBe(409);
    probe.close();
  });

  test('no grant comes without an open incident, a purpose of the policy and cameras', async () => {
    const cookie = await signInForCookie(city.url, userOf(city, 'analyst'));
    const incidentId = await newIncident(await signInForCookie(city.url, userOf(city, 'dispatcher')));
    const whole = { incidentId, purpose: 'propertyCrime', cameraIds: [cameraOf(city, 12).id] };
    const refusal = async (change: object) => {
      const answer = await post('/api/grants', cookie, { ...whole, ...change });
      return ((await answer.json()) as { error: { code: string } }).error.code;
    };
    expect(await refusal({ incidentId: undefined })).toBe('badRequest');
    expect(await refusal({ incidentId: '0192f0c1-0000-7000-8000-000000000000' })).toBe('notFound');
    expect(await refusal({ purpose: null })).toBe('grantNeeded');
    expect(await refusal({ purpose: 'curiosity' })).toBe('badRequest');
    expect(await refusal({ cameraIds: [] })).toBe('badRequest');
    expect(await refusal({ cameraIds: ['0192f0c1-0000-7000-8000-000000000000'] })).toBe('notFound');
    expect((await post('/api/grants', cookie, whole)).ok).toBe(true);
  });

  test('ACC2 an administrator is refused', async () => {
    const { probe } = await openedProbe('administrator');
    expect((await probe.request('peer:open', { resume: null })).ok).toBe(false);
    expect(await view(probe, cameraOf(city, 1).id, '0192f0c1-0000-7000-8000-000000000000')).toBe('notPermitted');
    probe.close();
  });

  test('MSG6 a camera or incident that does not exist is not found', async () => {
    const { probe } = await openedProbe('analyst');
    await openPeer(probe);
    const nowhere = '0192f0c1-0000-7000-8000-000000000000';
    expect(await view(probe, nowhere, nowhere)).toBe('notFound');
    probe.close();
  });

  test('ACC1 without a session no socket connects, and no route answers', async () => {
    await expect(SignalingProbe.connect(city.url, null)).rejects.toThrow();
    expect((await fetch(`${city.url}/api/cameras`)).status).toBe(401);
  });

  test('MSG3 malformed messages are answered or dropped, and others are still served', async () => {
    const { probe } = await openedProbe('analyst');
    const { probe: other } = await openedProbe('dispatcher');
    const unchecked = probe.socket;
    unchecked.emit('consumer:create');
    unchecked.emit('consumer:create', { items: 'all' });
    unchecked.emit('no such request', {}, () => {});
    for (const payload of [null, 7, 'text', [], { items: [] }, { items: [{ cameraId: 1 }] }]) {
      const answer: unknown = await unchecked.timeout(10_000).emitWithAck('consumer:create', payload);
      expect(answer).toMatchObject({ ok: false, error: { code: 'badRequest' } });
    }
    // Ten megabytes end this connection and nobody else's.
    const gone = new Promise((resolve) => unchecked.once('disconnect', resolve));
    unchecked.emit('wall:join', { wallId: 'x'.repeat(10_000_000) });
    await gone;
    expect((await other.request('clock:read', {})).ok).toBe(true);
    other.close();
  });
});
