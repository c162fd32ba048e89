import { grantSchema } from '@commonsight/types/grant';
import { routes } from '@commonsight/types/http/routes';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { grants, viewings } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { until } from '../testing/until.ts';
import { Stage } from '../signaling/testing/Stage.ts';

describe('the end of a viewing', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.create();
    await stage.connectMedia();
  });
  afterEach(() => stage.close());

  it('CON5 CON7 comes from a supervisor: at the SFU first, then on the tile with reason, name and note', async () => {
    const { browser } = await stage.viewer();
    const supervisor = await stage.signIn('supervisor');
    const board = await supervisor.connect();
    const before = await board.get('viewing:supervise', {});
    expect(before.viewings).toEqual([]);
    const [shown, other] = await stage.view(browser);
    const viewingId = shown?.viewingId ?? '';
    await board.heard('viewing:started', ({ viewing }) => viewing.id === viewingId);
    expect((await board.get('viewing:supervise', {})).viewings).toHaveLength(3);
    stage.host.tell('consumer:traffic', { traffic: stage.host.trafficOf([viewingId]) });
    await board.heard('viewing:traffic', ({ traffic }) => traffic[0]?.viewingId === viewingId);

    let toldBeforeClose = -1;
    stage.host.onAsked = (name) => {
      if (name === 'consumer:close') toldBeforeClose = browser.notifications('consumer:closed').length;
    };
    const answer = await supervisor.call('POST', `/api/viewings/${viewingId}/end`, { note: 'Not your incident.' });
    expect(answer).toMatchObject({
      status: 200,
      body: { endReason: 'endedBySupervisor', endNote: 'Not your incident.' },
    });
    expect(toldBeforeClose).toBe(0);
    expect(stage.host.consumer(viewingId)).toBeUndefined();
    expect(await browser.heard('consumer:closed')).toMatchObject({
      viewingId,
      reason: 'endedBySupervisor',
      by: { id: supervisor.actor.userId },
      note: 'Not your incident.',
    });
    await board.heard('viewing:ended', ({ viewing }) => viewing.id === viewingId);
    const [row] = await stage.db.select().from(viewings).where(eq(viewings.id, viewingId));
    expect(row).toMatchObject({ endReason: 'endedBySupervisor', endedBy: supervisor.actor.userId, packets: 1000 });
    const [line] = await stage.audit('viewing.ended');
    expect(line).toMatchObject({ actorId: supervisor.actor.userId, targetId: viewingId });

    const cut = await supervisor.call('POST', `/api/viewings/${other?.viewingId}/end`, { note: 'Not\u0000yours.' });
    expect(cut.status).toBe(400);
    expect(stage.host.consumer(other?.viewingId ?? '')).toBeDefined();
    const again = await supervisor.call('POST', `/api/viewings/${viewingId}/end`, { note: 'Again.' });
    expect(again.status).toBe(409);
    expect(await stage.audit('viewing.ended')).toHaveLength(1);
    const analyst = await stage.signIn('analyst');
    const refused = await analyst.call('POST', `/api/viewings/${other?.viewingId}/end`, { note: 'Mine.' });
    expect(refused.status).toBe(403);
    const unknown = await supervisor.call('POST', `/api/viewings/${newId()}/end`, { note: 'Which?' });
    expect(unknown.status).toBe(404);
  });

  it('comes with the closing of its incident, and nothing flows for the grace time then', async () => {
    const { browser, user } = await stage.viewer('dispatcher');
    await stage.view(browser);
    const closed = await user.call('POST', `/api/incidents/${stage.incidentId}/close`, { disposition: 'resolved' });
    expect(closed.status).toBe(200);
    await browser.heard('incident:changed', ({ incident }) => incident.closedAt !== null);
    await until(() => browser.notifications('consumer:closed').length === 3);
    expect(browser.notifications('consumer:closed').map((told) => told.reason)).toEqual([
      'incidentClosed',
      'incidentClosed',
      'incidentClosed',
    ]);
    await until(() => stage.relay.streams.size === 0 && stage.host.uplinks.size === 0);
    expect(await browser.refusal('consumer:create', { items: [] })).toBe('badRequest');
    const { results } = await browser.get('consumer:create', { items: stage.items() });
    expect(results.every((result) => !result.ok && result.error.code === 'incidentClosed')).toBe(true);
    await until(async () => (await stage.audit('viewing.ended')).length === 3);
  });

  it('comes with the end of its grant, and leaves the viewings of others', async () => {
    const first = await stage.viewer();
    const second = await stage.viewer();
    const [camera] = stage.cameras;
    await stage.view(first.browser, stage.cameras.slice(0, 1));
    const [kept] = await stage.view(second.browser, stage.cameras.slice(0, 1));
    // One that was just closed flows on for its grace time, and not without a grant.
    const [closed] = await stage.view(first.browser, stage.cameras.slice(1, 2));
    await first.browser.get('consumer:close', { viewingIds: [closed?.viewingId ?? ''] });
    expect(stage.relay.streams.size).toBe(2);
    const [own] = (await first.user.get(routes.listGrants.response, 'GET', '/api/grants')).grants;
    await first.user.call('POST', `/api/grants/${own?.id}/end`);
    await first.browser.heard('consumer:closed', ({ reason }) => reason === 'grantEnded');
    expect(stage.host.viewingIds).toEqual([kept?.viewingId]);
    await until(() => stage.relay.streams.size === 1, 9_000);
    // STR4: the relay is left with the grant that still holds.
    await until(() => stage.relay.streams.get(camera?.streams.sub ?? '')?.claims.length === 1);
  });

  it('CON4 comes from the host when the grant expires, and moves with its extension', async () => {
    const { browser, user } = await stage.viewer();
    const [shown, second] = await stage.view(browser);
    const [own] = (await user.get(routes.listGrants.response, 'GET', '/api/grants')).grants;
    const extended = await user.get(grantSchema, 'POST', `/api/grants/${own?.id}/extend`);
    expect(Date.parse(extended.endsAt)).toBeGreaterThan(Date.parse(own?.endsAt ?? ''));
    await until(() => stage.host.consumer(shown?.viewingId ?? '')?.expiresAt === extended.endsAt);
    await until(() => stage.relay.streams.get(shown?.streamId ?? '')?.claims[0]?.endsAt === extended.endsAt);

    const close = (viewingId: string) =>
      stage.host.tell('consumer:closed', {
        viewingId,
        peerId: [...stage.host.peers.keys()][0] ?? '',
        reason: 'expired',
        traffic: { viewingId, packets: 7, bytes: 70, packetsPerSecond: 0 },
      });
    // By the server's knowledge this one has time left: it was lost, and the browser asks for it again.
    close(second?.viewingId ?? '');
    await browser.heard('consumer:closed', ({ reason }) => reason === 'mediaLost');
    await stage.db.update(grants).set({ endsAt: new Date(Date.now() - 1) });
    await stage.restartServer();
    await browser.heard('consumer:closed', ({ reason }) => reason === 'mediaLost');
    await until(async () => (await stage.audit('grant.ended')).length === 1);
    await until(async () =>
      (await stage.audit('viewing.ended')).some((line) => line.details['reason'] === 'grantExpired'),
    );
  });

  it('CON5 reaches a host that is just being adopted, and had shown its snapshot before', async () => {
    const first = await stage.viewer();
    const second = await stage.viewer();
    const [shown, unwanted] = await stage.view(first.browser);
    await stage.view(second.browser, stage.cameras.slice(0, 1));
    const supervisor = await stage.signIn('supervisor');
    stage.host.disconnect();
    await until(async () => !(await first.browser.ask('transport:restartIce', { transportId: '' })).ok);
    await first.browser.get('consumer:close', { viewingIds: [unwanted?.viewingId ?? ''] });

    let goOn = () => undefined as void;
    const adoption = new Promise<void>((resolve) => (goOn = resolve));
    let isAdopting = false;
    stage.host.onAsked = (name) => {
      isAdopting ||= name === 'consumer:close';
      return name === 'consumer:close' ? adoption : undefined;
    };
    const connected = stage.host.connect(stage.url, stage.secret);
    await until(() => isAdopting);
    const ended = await supervisor.call('POST', `/api/viewings/${shown?.viewingId}/end`, { note: 'Enough.' });
    expect(ended.status).toBe(200);
    await second.user.call('POST', '/api/auth/sign-out');
    expect(await second.browser.heard('session:ended')).toEqual({ reason: 'signedOut', by: null, note: null });
    expect(stage.host.consumer(shown?.viewingId ?? '')).toBeDefined();
    expect(stage.host.peers.size).toBe(2);
    goOn();
    await connected;
    await until(() => stage.host.consumer(shown?.viewingId ?? '') === undefined && stage.host.peers.size === 1);
    expect(stage.host.viewingIds).toHaveLength(1);
  });

  it('ACC1 comes with the end of its session, and the socket goes with it', async () => {
    const { browser, user } = await stage.viewer();
    await stage.view(browser);
    await user.call('POST', '/api/auth/sign-out');
    expect(await browser.heard('session:ended')).toEqual({ reason: 'signedOut', by: null, note: null });
    await until(() => !browser.socket.connected && stage.host.peers.size === 0);
    const lines = await until(async () => {
      const ended = await stage.audit('viewing.ended');
      return ended.length === 3 && ended;
    });
    expect(lines.every((line) => line.details['reason'] === 'sessionEnded')).toBe(true);
  });

  it('STR1 stops the stream ten seconds later, unless somebody comes back', async () => {
    const { browser } = await stage.viewer();
    const [camera] = stage.cameras;
    const cameras = stage.cameras.slice(0, 1);
    const [first] = await stage.view(browser, cameras);
    await browser.get('consumer:close', { viewingIds: [first?.viewingId ?? ''] });
    const [second] = await stage.view(browser, cameras);
    expect(stage.relay.asked.filter((name) => name === 'stream:start')).toHaveLength(1);
    const closedAtMs = Date.now();
    await browser.get('consumer:close', { viewingIds: [second?.viewingId ?? ''] });
    await until(() => stage.relay.streams.size === 0 && stage.host.uplinks.size === 0);
    expect(Date.now() - closedAtMs).toBeGreaterThan(9_500);
    await browser.heard(
      'camera:healthChanged',
      (told) => told.streamId === camera?.streams.sub && told.health.state === 'idle',
    );
  });
});
