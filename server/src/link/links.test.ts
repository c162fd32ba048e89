import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeHost } from '../signaling/testing/FakeHost.ts';
import { FakeRelay } from '../signaling/testing/FakeRelay.ts';
import { Stage } from '../signaling/testing/Stage.ts';
import { until } from '../testing/until.ts';

describe('a link', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.create();
  });
  afterAll(() => stage.close());

  it('of a host needs the shared secret', async () => {
    const host = new FakeHost();
    await expect(host.connect(stage.url, 'another secret')).rejects.toThrow('wrongCredentials');
    await expect(host.connect(stage.url, '')).rejects.toThrow('wrongCredentials');
  });

  it('of a new host takes the place of the one before', async () => {
    await stage.connectHost();
    const newer = new FakeHost();
    await newer.connect(stage.url, stage.secret);
    await until(() => !stage.host.isConnected);
    await stage.untilHostReady();
    expect(newer.isConnected).toBe(true);
    newer.disconnect();
  });

  it('ENR3 ENR4 of a relay needs its key, and its refusal is written down without a reason for the caller', async () => {
    const { publicKey } = stage.server.services.signer;
    const unknown = await FakeRelay.create(stage.db, stage, `${publicKey.slice(0, -4)}AAAA`);
    const before = (await stage.audit('relay.refused')).length;
    await expect(unknown.connect(stage.url)).rejects.toThrow('wrongCredentials');
    const refused = await stage.audit('relay.refused');
    expect(refused).toHaveLength(before + 1);
    expect(refused.at(-1)).toMatchObject({ outcome: 'refused', targetId: unknown.relayId });
  });

  it('of a relay is one at a time: the newest lives', async () => {
    await stage.connectRelay();
    const user = await stage.signIn('analyst');
    const browser = await user.connect();
    const twin = stage.relay.twin();
    await twin.connect(stage.url);
    await twin.untilAdopted();
    await until(() => !stage.relay.isConnected);
    await browser.heard('relay:changed', ({ isOnline }) => isOnline);
    expect(twin.isConnected).toBe(true);
    twin.disconnect();
    await until(() => browser.notifications('relay:changed').at(-1)?.isOnline === false);
  });

  it('of a relay survives messages of another form, and speaks for its own streams alone', async () => {
    await stage.connectRelay();
    const browser = await (await stage.signIn('analyst')).connect();
    stage.relay.send('no:such', {});
    stage.relay.send('stream:healthChanged', { streamId: 7 });
    stage.relay.send('stream:clock');
    expect(await stage.relay.ask('no:such', {})).toMatchObject({ ok: false, error: { code: 'badRequest' } });
    expect(await stage.relay.ask('clock:read', {})).toMatchObject({ ok: true });
    const heard = browser.notifications('camera:healthChanged').length;
    const foreign = { streamId: stage.siteId, cameraId: stage.siteId, kind: 'sub' as const };
    stage.relay.tell('stream:healthChanged', { ...foreign, health: { state: 'idle' } });
    expect(await stage.relay.ask('clock:read', {})).toMatchObject({ ok: true });
    expect(browser.notifications('camera:healthChanged')).toHaveLength(heard);
  });

  it('of a relay is cut off when it floods, and browsers hear five times a second of its streams at most', async () => {
    await stage.connectRelay();
    const browser = await (await stage.signIn('analyst')).connect();
    const [camera] = stage.cameras;
    const stream = { streamId: camera?.streams.sub ?? '', cameraId: camera?.id ?? '', kind: 'sub' as const };
    const since = new Date().toISOString();
    const live = (framesPerSecond: number) => ({
      state: 'live' as const,
      since,
      width: 640,
      height: 360,
      framesPerSecond,
    });
    const startedAtMs = Date.now();
    for (let index = 1; index <= 500; index += 1) {
      stage.relay.tell('stream:healthChanged', { ...stream, health: live(index) });
    }
    const last = await browser.heard(
      'camera:healthChanged',
      ({ health }) => health.state === 'live' && health.framesPerSecond === 500,
    );
    expect(last.streamId).toBe(stream.streamId);
    const periods = (Date.now() - startedAtMs) / 200;
    expect(browser.notifications('camera:healthChanged').length).toBeLessThanOrEqual(periods + 2);

    const long = { state: 'degraded' as const, since, fault: 'bFrames' as const, message: 'x'.repeat(301) };
    stage.relay.send('stream:healthChanged', { ...stream, health: long });
    expect(await stage.relay.ask('clock:read', {})).toMatchObject({ ok: true });
    for (let index = 0; index < 5_000; index += 1) stage.relay.send('stream:clock', { streamId: 7 });
    await browser.heard('relay:changed', ({ isOnline }) => !isOnline);
    // It may dial again, as after a broken network.
    await stage.relay.untilAdopted();
    expect(browser.notifications('camera:healthChanged').every(({ health }) => health.state !== 'degraded')).toBe(true);
  });

  it('of a relay ends when its key is revoked, and does not come again', async () => {
    const administrator = await stage.signIn('administrator');
    const revoked = await administrator.call('POST', `/api/relays/${stage.relay.relayId}/revoke`);
    expect(revoked.status).toBe(200);
    await until(() => !stage.relay.isConnected);
    await expect(stage.relay.connect(stage.url)).rejects.toThrow('wrongCredentials');
  });
});
