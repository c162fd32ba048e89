import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestBrowser } from '../signaling/testing/TestBrowser.ts';
import { Stage } from '../signaling/testing/Stage.ts';
import { until } from '../testing/until.ts';

describe('STR8 the revocation of a relay', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.create();
    await stage.connectMedia();
  });
  afterEach(() => stage.close());

  const revoke = async () => {
    const administrator = await stage.signIn('administrator');
    expect((await administrator.call('POST', `/api/relays/${stage.relay.relayId}/revoke`)).status).toBe(200);
  };
  /** Has a viewer of one camera whose packets arrive at the host. */
  const watch = async (): Promise<TestBrowser> => {
    const { browser } = await stage.viewer();
    await stage.view(browser, stage.cameras.slice(0, 1));
    const [uplinkId = ''] = [...stage.host.uplinks.keys()];
    stage.host.tell('uplink:flowChanged', { uplinkId, isFlowing: true, since: new Date().toISOString() });
    await browser.heard('camera:healthChanged', ({ health }) => health.state === 'live');
    return browser;
  };
  const expectEnd = async (browser: TestBrowser) => {
    await until(() => stage.host.uplinks.size === 0);
    expect((await browser.heard('consumer:closed')).reason).toBe('mediaLost');
    const { results } = await browser.get('consumer:create', { items: stage.items(stage.cameras.slice(0, 1)) });
    expect(results).toMatchObject([{ ok: false, error: { code: 'relayOffline' } }]);
    expect(stage.host.uplinks.size).toBe(0);
  };
  const expectOffline = (browser: TestBrowser) =>
    until(() => browser.notifications('camera:healthChanged').at(-1)?.health.state === 'relayOffline');

  it('ends what flows through the host, and its tiles do not say that it is live', async () => {
    const browser = await watch();
    await revoke();
    await expectEnd(browser);
    await expectOffline(browser);
    expect(await until(() => !stage.relay.isConnected)).toBe(true);
  });

  it('ends what flows although its link is down', async () => {
    const browser = await watch();
    stage.relay.disconnect();
    await browser.heard('relay:changed', ({ isOnline }) => !isOnline);
    expect(stage.host.uplinks.size).toBe(1);
    await revoke();
    await expectEnd(browser);
    await expectOffline(browser);
  });

  it('ends what a server before this one opened, whoever sends it', async () => {
    const { browser, peer } = await stage.viewer();
    await stage.view(browser, stage.cameras.slice(0, 1));
    stage.relay.disconnect();
    await stage.restartServer();
    await stage.untilHostReady();
    await until(() => browser.socket.connected);
    await browser.get('peer:open', { resume: { peerId: peer.peerId, secret: peer.secret } });
    expect(stage.host.uplinks.size).toBe(1);
    await revoke();
    await expectEnd(browser);
  });

  it('holds for a server that starts after it', async () => {
    const browser = await watch();
    stage.relay.disconnect();
    browser.socket.io.reconnection(false);
    await stage.restartServer(async () => {
      await stage.db.execute(sql`update relays set revoked_at = now()`);
    });
    await stage.untilHostReady();
    await until(() => stage.host.uplinks.size === 0);
    const [line] = await until(async () => {
      const lines = await stage.audit('viewing.ended');
      return lines.length === 1 && lines;
    });
    expect(line?.details['reason']).toBe('mediaLost');
  });
});
