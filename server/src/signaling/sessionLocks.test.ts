import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sessions } from '../db/schema.ts';
import { testPassword } from '../testing/seed.ts';
import { until } from '../testing/until.ts';
import { Stage } from './testing/Stage.ts';
import { TestBrowser } from './testing/TestBrowser.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await Stage.create({ limits: { requestTimeoutMs: 9_000, unlockBreakMs: 200 } });
  await stage.connectMedia();
});
afterEach(() => stage.close());

const pausedAtHost = (viewingIds: readonly string[]) => viewingIds.map((id) => stage.host.consumer(id)?.isPaused);

it('SES2 SES3 a lock pauses the pictures, and they go on where they were for who has unlocked', async () => {
  const { browser, user, peer } = await stage.viewer();
  const shown = (await stage.view(browser)).map((item) => item.viewingId);
  const visible = shown.slice(0, 2);
  await browser.get('consumer:resume', { viewingIds: visible });
  expect(pausedAtHost(shown)).toEqual([false, false, true]);

  expect((await user.call('POST', '/api/session/lock')).status).toBe(200);
  expect(pausedAtHost(shown)).toEqual([true, true, true]);
  expect(await browser.heard('session:locked')).toEqual({ reason: 'user' });
  expect(await browser.refusal('consumer:resume', { viewingIds: visible })).toBe('sessionLocked');
  expect(await browser.refusal('consumer:create', { items: stage.items() })).toBe('sessionLocked');
  await browser.get('clock:read', {});
  await expect(user.connect()).rejects.toThrow('sessionLocked');

  const cookie = await unlock(user.cookie);
  await browser.heard('session:unlocked');
  // The socket was opened with the cookie before: it is closed, and that cookie opens no other.
  expect(await browser.refusal('consumer:resume', { viewingIds: visible }).catch(() => 'closed')).not.toBe('ok');
  await until(() => !browser.socket.connected);
  expect(pausedAtHost(shown)).toEqual([true, true, true]);
  await expect(user.connect()).rejects.toThrow('notSignedIn');

  const back = await TestBrowser.connect(stage.url, cookie, { origin: stage.url });
  const resumed = await back.get('peer:open', { resume: { peerId: peer.peerId, secret: peer.secret } });
  expect(resumed.isResumed).toBe(true);
  await until(() => pausedAtHost(shown).join() === 'false,false,true');
  expect(await stage.audit('viewing.ended')).toEqual([]);
  back.close();
});

it('SES2 a host that was away while the session was locked pauses when it is back', async () => {
  const { browser, user } = await stage.viewer();
  const shown = (await stage.view(browser)).map((item) => item.viewingId);
  await browser.get('consumer:resume', { viewingIds: shown });
  stage.host.disconnect();
  await until(async () => !(await stage.server.app.inject('/api/health')).json<Health>().sfu.isConnected);
  await user.call('POST', '/api/session/lock');
  await browser.heard('session:locked');
  expect(pausedAtHost(shown)).toEqual([false, false, false]);
  await stage.connectHost();
  await until(() => pausedAtHost(shown).every((isPaused) => isPaused === true));
});

it('SES2 a server that starts again keeps what was locked locked, also when it died before the host heard of it', async () => {
  const { browser, user, peer } = await stage.viewer();
  const shown = (await stage.view(browser)).map((item) => item.viewingId);
  await browser.get('consumer:resume', { viewingIds: shown });
  await stage.restartServer(async () => {
    await stage.db.update(sessions).set({ lockedAt: new Date() }).where(eq(sessions.userId, user.actor.userId));
  });
  await stage.untilHostReady();
  await until(() => pausedAtHost(shown).every((isPaused) => isPaused === true));
  expect(pausedAtHost(shown)).toEqual([true, true, true]);

  const cookie = await unlock(user.cookie);
  const back = await TestBrowser.connect(stage.url, cookie, { origin: stage.url });
  await back.get('peer:open', { resume: { peerId: peer.peerId, secret: peer.secret } });
  await until(() => pausedAtHost(shown).every((isPaused) => isPaused === false));
  back.close();
});

it('SES2 a peer that is taken up in the moment of the lock stays paused', async () => {
  const { browser, user, peer } = await stage.viewer();
  const shown = (await stage.view(browser)).map((item) => item.viewingId);
  await browser.get('consumer:resume', { viewingIds: shown });
  const second = await user.connect();
  await second.openPeer();
  // The lock comes while the peer that gives way is being closed: the question was let in before, and goes on after it.
  let isLocked = false;
  stage.host.onAsked = async (name) => {
    if (name !== 'peer:close' || isLocked) return;
    isLocked = true;
    await user.call('POST', '/api/session/lock');
  };
  await second.ask('peer:open', { resume: { peerId: peer.peerId, secret: peer.secret } });
  expect(isLocked).toBe(true);
  expect(await second.refusal('consumer:resume', { viewingIds: shown })).toBe('sessionLocked');
  expect(pausedAtHost(shown)).toEqual([true, true, true]);
});

/** Unlocks with the password and answers the new cookie. */
async function unlock(cookie: string): Promise<string> {
  const response = await fetch(`${stage.url}/api/session/unlock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: stage.url, cookie },
    body: JSON.stringify({ factor: 'password', password: testPassword }),
  });
  expect(response.status).toBe(200);
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

interface Health {
  sfu: { isConnected: boolean };
}
