import { sql } from 'drizzle-orm';
import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Stage } from '../signaling/testing/Stage.ts';
import { until } from '../testing/until.ts';

describe('after a loss', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.create();
    await stage.connectMedia();
  });
  afterEach(() => stage.close());

  it('keeps pictures that still arrive while only the link of the relay was down', async () => {
    const { browser } = await stage.viewer();
    const shown = await stage.view(browser, stage.cameras.slice(0, 1));
    const [uplinkId = ''] = [...stage.host.uplinks.keys()];
    stage.host.tell('uplink:flowChanged', { uplinkId, isFlowing: true, since: new Date().toISOString() });
    await browser.heard('camera:healthChanged', ({ health }) => health.state === 'live');
    stage.relay.disconnect();
    await browser.heard('relay:changed', ({ isOnline }) => !isOnline);
    stage.host.tell('uplink:flowChanged', { uplinkId, isFlowing: false, since: new Date().toISOString() });
    await browser.heard(
      'camera:healthChanged',
      (told) => told.streamId === shown[0]?.streamId && told.health.state === 'relayOffline',
    );

    const liveBefore = browser.notifications('camera:healthChanged').length;
    await stage.connectRelay();
    stage.host.tell('uplink:flowChanged', { uplinkId, isFlowing: true, since: new Date().toISOString() });
    await until(() =>
      browser
        .notifications('camera:healthChanged')
        .slice(liveBefore)
        .some(({ health }) => health.state === 'live'),
    );
    expect(browser.notifications('consumer:closed')).toEqual([]);
    expect([...stage.host.uplinks.keys()]).toEqual([uplinkId]);
    const types = await Promise.all([stage.audit('relay.connected'), stage.audit('relay.disconnected')]);
    expect(types.map((lines) => lines.length)).toEqual([2, 1]);
  });

  it('STR5 gives a relay that started again a new uplink', async () => {
    const { browser } = await stage.viewer();
    await stage.view(browser);
    const before = [...stage.host.uplinks.keys()];
    stage.relay.lose();
    await browser.heard('relay:changed', ({ isOnline }) => !isOnline);
    await stage.connectRelay();
    await until(() => browser.notifications('consumer:closed').length === 3);
    expect(browser.notifications('consumer:closed').map((told) => told.reason)).toEqual(Array(3).fill('mediaLost'));
    await stage.view(browser);
    expect([...stage.host.uplinks.keys()].some((uplinkId) => before.includes(uplinkId))).toBe(false);
    expect(stage.relay.streams.size).toBe(3);
  });

  it('tells a relay to stop what nobody wants any more', async () => {
    const { browser } = await stage.viewer();
    const shown = await stage.view(browser);
    stage.relay.disconnect();
    await browser.heard('relay:changed', ({ isOnline }) => !isOnline);
    await browser.get('consumer:close', { viewingIds: shown.map((item) => item.viewingId) });
    await until(() => stage.host.uplinks.size === 0);
    expect(stage.relay.streams.size).toBe(3);
    await stage.connectRelay();
    await until(() => stage.relay.streams.size === 0);
  });

  it('STR4 ends the viewings of a stream that the relay stopped for want of a grant', async () => {
    const { browser } = await stage.viewer();
    const [shown] = await stage.view(browser, stage.cameras.slice(0, 1));
    stage.relay.stopAll('grantsEnded');
    expect((await browser.heard('consumer:closed')).viewingId).toBe(shown?.viewingId);
    await until(() => stage.host.uplinks.size === 0);
  });

  it('SHR3 ends the viewings of a stream that its owner shares no more, and says so', async () => {
    const { browser } = await stage.viewer();
    const [shown] = await stage.view(browser, stage.cameras.slice(0, 1));
    stage.relay.stopAll('notShared');
    const told = await browser.heard('consumer:closed');
    expect(told).toMatchObject({ viewingId: shown?.viewingId, reason: 'notShared' });
    await until(() => stage.host.uplinks.size === 0);
  });

  it('STR5 ends the viewings of streams whose relay lost its worker, and starts them anew', async () => {
    const { browser } = await stage.viewer();
    await stage.view(browser);
    const before = [...stage.host.uplinks.keys()];
    stage.relay.stopAll('stopped');
    await until(() => browser.notifications('consumer:closed').length === 3);
    expect(browser.notifications('consumer:closed').map((told) => told.reason)).toEqual(Array(3).fill('mediaLost'));
    // What looked on until now asks again at once.
    await stage.view(browser);
    expect(stage.relay.streams.size).toBe(3);
    await until(() => stage.host.uplinks.size === 3);
    expect([...stage.host.uplinks.keys()].some((uplinkId) => before.includes(uplinkId))).toBe(false);
  });

  it('goes on when the link of the host was down', async () => {
    const { browser } = await stage.viewer();
    const shown = await stage.view(browser);
    stage.host.disconnect();
    await until(async () => !(await browser.ask('consumer:resume', { viewingIds: [shown[0]?.viewingId ?? ''] })).ok);
    // What was closed meanwhile is closed when the host is back.
    await browser.get('consumer:close', { viewingIds: [shown[0]?.viewingId ?? ''] });
    expect(stage.host.viewingIds).toHaveLength(3);
    await stage.connectHost();
    await until(() => stage.host.viewingIds.length === 2);
    expect(browser.notifications('consumer:closed')).toEqual([]);
    expect(browser.notifications('peer:closed')).toEqual([]);
    await browser.get('consumer:resume', { viewingIds: [shown[1]?.viewingId ?? ''] });
  });

  it('starts anew on a host that lost everything', async () => {
    const { browser, peer } = await stage.viewer();
    await stage.view(browser);
    stage.host.lose();
    await stage.connectHost();
    await browser.heard('peer:closed', ({ peerId }) => peerId === peer.peerId);
    const ended = await until(async () => {
      const lines = await stage.audit('viewing.ended');
      return lines.length === 3 && lines;
    });
    expect(ended.every((line) => line.details['reason'] === 'mediaLost')).toBe(true);
    await browser.openPeer();
    await stage.view(browser);
    expect(stage.host.viewingIds).toHaveLength(3);
  });

  it('STR7 CON6 a server that starts again adopts everything and interrupts nothing', async () => {
    const { browser, user, peer } = await stage.viewer();
    const other = await stage.viewer();
    const shown = await stage.view(browser);
    await stage.view(other.browser, stage.cameras.slice(0, 1));
    const uplinks = [...stage.host.uplinks.keys()];
    other.browser.close();
    await until(() => stage.host.peers.size === 1);
    const resume = { peerId: peer.peerId, secret: peer.secret };

    stage.host.asked.length = 0;
    await stage.restartServer();
    await stage.untilHostReady();
    await stage.relay.untilAdopted();
    await until(() => browser.socket.connected);
    const resumed = await browser.get('peer:open', { resume });
    expect(resumed).toMatchObject({ peerId: peer.peerId, isResumed: true });
    expect(resumed.viewingIds).toHaveLength(3);
    expect(stage.host.asked.map((entry) => entry.name)).toEqual(['host:snapshot', 'peer:open']);
    expect([...stage.host.uplinks.keys()]).toEqual(uplinks);
    expect(await stage.audit('viewing.ended')).toHaveLength(1);

    // Everything works on what was adopted: more of it, its end, and its stop.
    const supervisor = await stage.signIn('supervisor');
    const board = await supervisor.connect();
    expect((await board.get('viewing:supervise', {})).viewings).toHaveLength(3);
    await supervisor.call('POST', `/api/viewings/${shown[0]?.viewingId}/end`, { note: 'Enough.' });
    await browser.heard('consumer:closed', ({ viewingId }) => viewingId === shown[0]?.viewingId);
    await user.call('POST', '/api/auth/sign-out');
    await until(() => stage.relay.streams.size === 0 && stage.host.uplinks.size === 0 && stage.host.peers.size === 0);
  });

  it('STR7 closes what the records do not want, whoever connects first', async () => {
    const { browser } = await stage.viewer();
    await stage.view(browser);
    browser.socket.io.reconnection(false);
    await stage.restartServer(async () => {
      await stage.db.execute(sql`update viewings set ended_at = now(), end_reason = 'connectionLost'`);
    });
    await stage.relay.untilAdopted();
    await stage.untilHostReady();
    await until(() => stage.host.viewingIds.length === 0);
    expect(stage.host.uplinks.size).toBe(3);
    // The uplinks have no viewer and go with the grace time.
    await until(() => stage.host.uplinks.size === 0 && stage.relay.streams.size === 0);
  });

  it('closes peers that nobody remembers, because Redis was emptied while no server ran', async () => {
    const { browser, peer } = await stage.viewer();
    await stage.view(browser);
    await stage.restartServer(async () => {
      const redis = createClient({ url: stage.redis.url });
      await redis.connect();
      await redis.flushAll();
      redis.destroy();
    });
    await stage.untilHostReady();
    await until(() => browser.socket.connected);
    const resumed = await browser.get('peer:open', { resume: { peerId: peer.peerId, secret: peer.secret } });
    expect(resumed).toMatchObject({ isResumed: false, viewingIds: [] });
    expect((await stage.audit('viewing.ended')).map((line) => line.details['reason'])).toEqual(
      Array(3).fill('connectionLost'),
    );
    await browser.get('transport:create', { rtpCapabilities: { codecs: [] } });
    await stage.view(browser);
  });

  it('keeps everything while Redis is away, and puts it back when Redis is', async () => {
    const { browser, peer } = await stage.viewer();
    await stage.view(browser, stage.cameras.slice(0, 1));
    await stage.redis.kill();
    await stage.view(browser, stage.cameras.slice(1));
    await stage.redis.start();
    const redis = createClient({ url: stage.redis.url });
    await redis.connect();
    await until(async () => (await redis.get(`peer:${peer.peerId}`)) !== null);
    redis.destroy();
    await stage.restartServer();
    await stage.untilHostReady();
    await until(() => browser.socket.connected);
    const resumed = await browser.get('peer:open', { resume: { peerId: peer.peerId, secret: peer.secret } });
    expect(resumed.viewingIds).toHaveLength(3);
  });
});
