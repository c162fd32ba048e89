import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultLiveLimits, type LiveLimits } from '../live.ts';
import { until } from '../testing/until.ts';
import { Stage } from '../signaling/testing/Stage.ts';

describe('a viewing', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.create();
    await stage.connectMedia();
  });
  afterEach(() => stage.close());

  it('CON2 STR3 goes from the drop of a camera to a consumer, with its line before the SFU hears of it', async () => {
    const { browser, user } = await stage.viewer();
    let linesBefore = -1;
    stage.host.onAsked = async (name) => {
      if (name === 'consumer:create') linesBefore = (await stage.audit('viewing.started')).length;
    };
    const [shown] = await stage.view(browser, stage.cameras.slice(0, 1));
    const [camera] = stage.cameras;

    expect(linesBefore).toBe(1);
    expect(shown?.streamId).toBe(camera?.streams.sub);
    expect(stage.host.consumer(shown?.viewingId ?? '')).toMatchObject({
      isPaused: true,
      expiresAt: shown?.grantEndsAt,
    });
    expect(stage.relay.streams.get(camera?.streams.sub ?? '')?.claims).toMatchObject([
      { cameraId: camera?.id, relayId: stage.relay.relayId, purpose: 'violentCrime' },
    ]);
    const [line] = await stage.audit('viewing.started');
    expect(line).toMatchObject({
      outcome: 'done',
      actorId: user.actor.userId,
      targetKind: 'viewing',
      targetId: shown?.viewingId,
      details: { cameraId: camera?.id, purpose: 'violentCrime' },
    });

    await browser.get('consumer:resume', { viewingIds: [shown?.viewingId ?? ''] });
    expect(stage.host.consumer(shown?.viewingId ?? '')?.isPaused).toBe(false);
    const watched = await browser.heard('camera:watchersChanged', ({ watchers }) => watchers.length === 1);
    expect(watched.cameraId).toBe(camera?.id);
    await browser.heard('camera:healthChanged', ({ health }) => health.state === 'live');

    stage.relay.tell('stream:clock', { streamId: shown?.streamId ?? '', rtpTimestamp: 90_000, receivedAtMs: 1 });
    await browser.heard('stream:clock');

    await browser.get('consumer:close', { viewingIds: [shown?.viewingId ?? ''] });
    expect(stage.host.viewingIds).toEqual([]);
    const [end] = await stage.audit('viewing.ended');
    expect(end).toMatchObject({
      actorId: user.actor.userId,
      targetId: shown?.viewingId,
      details: { reason: 'closedByUser', packets: 1000, bytes: 1_000_000 },
    });
    await browser.heard('camera:watchersChanged', ({ watchers }) => watchers.length === 0);
  });

  it('CON2 writes no line of a beginning whose record cannot be written, and asks the SFU for nothing', async () => {
    const { browser } = await stage.viewer();
    await stage.db.execute(sql`alter table viewings rename to viewings_away`);
    expect(await browser.refusal('consumer:create', { items: stage.items() })).toBe('internal');
    await stage.db.execute(sql`alter table viewings_away rename to viewings`);
    expect(await stage.audit('viewing.started')).toEqual([]);
    expect(stage.host.requestsOf('consumer:create')).toEqual([]);
    await stage.view(browser);
    expect(await stage.audit('viewing.started')).toHaveLength(3);
  });

  it('hears the clock of each of its streams, though a relay tells them all in one turn', async () => {
    const { browser } = await stage.viewer();
    const shown = await stage.view(browser);
    expect(shown).toHaveLength(3);
    const clocks = shown.map(({ streamId }, index) => ({ streamId, rtpTimestamp: index, receivedAtMs: 1 }));
    for (const clock of clocks) stage.relay.tell('stream:clock', clock);
    for (const { streamId } of clocks) await browser.heard('stream:clock', (clock) => clock.streamId === streamId);
  });

  it('asks the SFU for all consumers of a request at once', async () => {
    const { browser } = await stage.viewer();
    await stage.view(browser);
    expect(stage.host.requestsOf('consumer:create').map((request) => request.consumers.length)).toEqual([3]);
  });

  it('STR2 lets two users share one start and one uplink, and the relay knows both grants', async () => {
    const first = await stage.viewer();
    const second = await stage.viewer('dispatcher');
    const cameras = stage.cameras.slice(0, 1);
    await Promise.all([stage.view(first.browser, cameras), stage.view(second.browser, cameras)]);
    expect(stage.host.uplinks.size).toBe(1);
    expect(stage.relay.asked.filter((name) => name === 'stream:start')).toHaveLength(1);
    const streamId = cameras[0]?.streams.sub ?? '';
    await until(() => stage.relay.streams.get(streamId)?.claims.length === 2);
    await first.browser.heard('camera:watchersChanged', ({ watchers }) => watchers.length === 2);
  });

  it('CON1 needs a running grant for this very camera, and says which error it is', async () => {
    const user = await stage.signIn('analyst');
    await stage.grant(user, stage.cameras.slice(0, 1));
    const browser = await user.connect();
    await browser.openPeer();
    const unknown = { id: stage.incidentId, streams: { main: '', sub: '' } };
    const { results } = await browser.get('consumer:create', {
      items: stage.items([...stage.cameras.slice(0, 2), unknown]),
    });
    expect(results.map((result) => (result.ok ? 'shown' : result.error.code))).toEqual([
      'shown',
      'grantNeeded',
      'notFound',
    ]);
    const refused = (await stage.audit('viewing.started')).filter((line) => line.outcome === 'refused');
    expect(new Set(refused.map((line) => line.details['code']))).toEqual(new Set(['grantNeeded', 'notFound']));
    expect(refused).toHaveLength(2);
    expect(stage.host.viewingIds).toHaveLength(1);
  });

  it('ACC2 shows nothing to an administrator', async () => {
    const administrator = await stage.signIn('administrator');
    const browser = await administrator.connect();
    expect(await browser.refusal('peer:open', { resume: null })).toBe('notPermitted');
    expect(await browser.refusal('consumer:create', { items: stage.items() })).toBe('notPermitted');
    expect(stage.host.peers.size).toBe(0);
  });

  it('does nothing with viewings of others', async () => {
    const owner = await stage.viewer();
    const other = await stage.viewer();
    const [shown] = await stage.view(owner.browser, stage.cameras.slice(0, 1));
    const viewingIds = [shown?.viewingId ?? ''];
    await other.browser.get('consumer:resume', { viewingIds });
    await other.browser.get('consumer:close', { viewingIds });
    expect(stage.host.consumer(viewingIds[0] ?? '')).toMatchObject({ isPaused: true });
  });

  it('ends the viewings of what the host could not show, with their lines', async () => {
    const { browser } = await stage.viewer();
    stage.host.onAsked = (name) => {
      if (name === 'consumer:create') throw new Error('broken');
    };
    const { results } = await browser.get('consumer:create', { items: stage.items() });
    expect(results.map((result) => (result.ok ? 'shown' : result.error.code))).toEqual([
      'internal',
      'internal',
      'internal',
    ]);
    const ended = await stage.audit('viewing.ended');
    expect(ended.map((line) => line.details['reason'])).toEqual(['mediaLost', 'mediaLost', 'mediaLost']);
    expect(await stage.audit('viewing.started')).toHaveLength(3);
  });

  it('answers relayOffline without a line while the relay is away', async () => {
    stage.relay.disconnect();
    const { browser } = await stage.viewer();
    await until(async () => {
      const { results } = await browser.get('consumer:create', { items: stage.items() });
      return results.every((result) => !result.ok && result.error.code === 'relayOffline');
    });
    stage.host.onAsked = () => undefined;
    expect(stage.host.viewingIds).toEqual([]);
  });

  it('CON1 begins nothing under a grant that ends while the stream starts', async () => {
    const { browser, user } = await stage.viewer('dispatcher');
    stage.relay.onStart = async () => {
      await user.call('POST', `/api/incidents/${stage.incidentId}/close`, { disposition: 'resolved' });
      await until(async () => (await stage.audit('viewing.ended')).length === 1);
    };
    const { results } = await browser.get('consumer:create', { items: stage.items(stage.cameras.slice(0, 1)) });
    expect(results[0]?.ok).toBe(false);
    await until(() => stage.relay.streams.size === 0 && stage.host.uplinks.size === 0);
    expect(stage.host.viewingIds).toEqual([]);
    expect((await stage.audit('viewing.ended'))[0]?.details['reason']).toBe('incidentClosed');
  });

  it('CON1 begins nothing under a grant that ends just after it was looked at', async () => {
    const { browser, user } = await stage.viewer();
    const { grants } = stage.server.services;
    const requireGrant = grants.requireGrant.bind(grants);
    grants.requireGrant = async (...question) => {
      const running = await requireGrant(...question);
      await user.call('POST', `/api/grants/${running.grant.id}/end`);
      return running;
    };
    const { results } = await browser.get('consumer:create', { items: stage.items(stage.cameras.slice(0, 1)) });
    expect(results[0]).toMatchObject({ ok: false, error: { code: 'grantNeeded' } });
    expect(stage.host.requestsOf('consumer:create')).toEqual([]);
    expect((await stage.audit('viewing.ended'))[0]?.details['reason']).toBe('grantEnded');
  });
});

describe('a viewing whose stream starts late', () => {
  let stage: Stage;
  let limits: LiveLimits;

  beforeEach(async () => {
    limits = { ...defaultLiveLimits };
    stage = await Stage.create({ limits });
    await stage.connectMedia();
  });
  afterEach(() => stage.close());

  it('is not left behind when its browser has been told that it took too long', async () => {
    const { browser } = await stage.viewer();
    const told = Promise.withResolvers<void>();
    stage.host.onAsked = (name) => (name === 'consumer:create' ? told.promise : undefined);
    limits.requestTimeoutMs = 200;
    const items = stage.items(stage.cameras.slice(0, 1));
    expect(await browser.refusal('consumer:create', { items })).toBe('timedOut');
    told.resolve();
    await until(async () => (await stage.audit('viewing.ended')).length === 1);
    expect(stage.host.viewingIds).toEqual([]);
  });
});
