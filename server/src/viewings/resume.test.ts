import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { until } from '../testing/until.ts';
import { Stage } from '../signaling/testing/Stage.ts';

describe('a peer', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.create();
    await stage.connectMedia();
  });
  afterEach(() => stage.close());

  it('CON6 is taken up again by its own session with its secret, and by nobody else', async () => {
    const { browser, user, peer } = await stage.viewer();
    const shown = await stage.view(browser);
    const { peerId, secret } = peer;
    browser.socket.io.engine.close();
    const other = await stage.viewer();
    const stolen = await other.browser.get('peer:open', { resume: { peerId, secret } });
    expect(stolen).toMatchObject({ isResumed: false, viewingIds: [] });
    const guess = await (await user.connect()).get('peer:open', { resume: { peerId, secret: 'a guess' } });
    expect(guess.isResumed).toBe(false);

    const back = await user.connect();
    const resumed = await back.get('peer:open', { resume: { peerId, secret } });
    expect(resumed).toMatchObject({ peerId, isResumed: true });
    expect(resumed.viewingIds.toSorted()).toEqual(shown.map((item) => item.viewingId).toSorted());
    expect(stage.host.viewingIds).toHaveLength(3);
    // It hears of its streams again, and can go on without a new transport.
    stage.relay.tell('stream:clock', { streamId: shown[0]?.streamId ?? '', rtpTimestamp: 1, receivedAtMs: 1 });
    await back.heard('stream:clock');
    const again = await back.get('consumer:create', { items: stage.items(stage.cameras.slice(0, 1)) });
    expect(again.results).toMatchObject([{ ok: false, error: { code: 'conflict' } }]);
    expect(await stage.audit('viewing.ended')).toEqual([]);
    await back.get('consumer:close', { viewingIds: shown.slice(0, 1).map((item) => item.viewingId) });
    await stage.view(back, stage.cameras.slice(0, 1));
  });

  it('CON6 takes the place of the one that the connection had opened', async () => {
    const { browser, user, peer } = await stage.viewer();
    await stage.view(browser);
    browser.socket.io.engine.close();
    const back = await user.connect();
    const other = await back.openPeer();
    expect(stage.host.peers.size).toBe(2);
    const resume = { peerId: peer.peerId, secret: peer.secret };
    expect(await back.get('peer:open', { resume })).toMatchObject({ isResumed: true });
    await until(() => !stage.host.peers.has(other.peerId));
    // Opened at once, one is left.
    const answers = await Promise.all([1, 2, 3].map(() => back.ask('peer:open', { resume: null })));
    expect(answers.some((answer) => answer.ok)).toBe(true);
    await until(() => stage.host.peers.size === 1);
  });

  it('CON6 is not taken up by a socket that closed while it waited', async () => {
    const { browser, user, peer } = await stage.viewer();
    await stage.view(browser);
    browser.socket.io.reconnection(false);
    browser.socket.io.engine.close();
    const back = await user.connect();
    back.socket.io.reconnection(false);
    // The host is being adopted, and whoever would resume waits for that.
    stage.host.disconnect();
    let goOn = () => undefined as void;
    const adoption = new Promise<void>((resolve) => (goOn = resolve));
    let isAdopting = false;
    stage.host.peers.set(newId(), new Map());
    stage.host.onAsked = (name) => {
      isAdopting ||= name === 'peer:close';
      return name === 'peer:close' ? adoption : undefined;
    };
    const connected = stage.host.connect(stage.url, stage.secret);
    await until(() => isAdopting);
    back.socket.emit('peer:open', { resume: { peerId: peer.peerId, secret: peer.secret } }, () => undefined);
    await back.get('clock:read', {});
    back.socket.io.engine.close();
    // Whoever connects after it is served after its end was noticed.
    await (await user.connect()).get('clock:read', {});
    goOn();
    await connected;
    expect(await until(() => stage.host.peers.size === 0, 28_000)).toBe(true);
  });

  it('CON6 ends twenty seconds after its socket broke', async () => {
    const { browser } = await stage.viewer();
    await stage.view(browser);
    const brokenAtMs = Date.now();
    browser.socket.io.reconnection(false);
    browser.socket.io.engine.close();
    await until(() => stage.host.peers.size === 0, 28_000);
    expect(Date.now() - brokenAtMs).toBeGreaterThan(19_000);
    const ended = await until(async () => {
      const lines = await stage.audit('viewing.ended');
      return lines.length === 3 && lines;
    });
    expect(ended.every((line) => line.details['reason'] === 'connectionLost')).toBe(true);
  });

  it('ends at once when the browser leaves on purpose', async () => {
    const { browser } = await stage.viewer();
    await stage.view(browser);
    browser.close();
    await until(() => stage.host.peers.size === 0, 10_000);
    const [line] = await until(async () => {
      const lines = await stage.audit('viewing.ended');
      return lines.length === 3 && lines;
    });
    expect(line?.details['reason']).toBe('closedByUser');
  });

  it('is gone when its worker dies: the browser is told and opens another', async () => {
    const { browser, peer } = await stage.viewer();
    const shown = await stage.view(browser);
    const traffic = stage.host.trafficOf(shown.map((item) => item.viewingId));
    stage.host.peers.clear();
    const [uplinkId = '', uplink] = [...stage.host.uplinks][0] ?? [];
    stage.host.uplinks.clear();
    stage.host.tell('uplink:closed', { uplinkId, streamId: uplink?.streamId ?? '', reason: 'workerDied' });
    stage.host.tell('peer:closed', { peerId: peer.peerId, reason: 'workerDied', traffic });
    await browser.heard('peer:closed', ({ peerId }) => peerId === peer.peerId);
    await browser.openPeer();
    const [again] = await stage.view(browser, stage.cameras.slice(0, 1));
    // STR5: another uplink, and the relay was given it for the stream that it was still sending.
    expect(stage.host.consumer(again?.viewingId ?? '')?.uplinkId).not.toBe(uplinkId);
    const start = stage.relay.streams.get(again?.streamId ?? '')?.start;
    expect(start?.uplink.uplinkId).toBe(stage.host.consumer(again?.viewingId ?? '')?.uplinkId);
  });
});
