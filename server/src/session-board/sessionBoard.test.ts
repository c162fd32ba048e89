import type { SupervisedSession } from '@commonsight/types/session-board';
import { wallSchema } from '@commonsight/types/wall';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessions } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { Stage, type StageUser } from '../signaling/testing/Stage.ts';
import type { TestBrowser } from '../signaling/testing/TestBrowser.ts';
import { seedTestAgency } from '../testing/seed.ts';
import { until } from '../testing/until.ts';

let stage: Stage;
let supervisor: StageUser;
let board: TestBrowser;

/** A stage for each group of tests: one address may sign in thirty times a minute. */
function useStage(): void {
  beforeAll(async () => {
    stage = await Stage.create();
    await stage.connectMedia();
  });
  beforeEach(async () => {
    supervisor = await stage.signIn('supervisor');
    board = await supervisor.connect();
  });
  afterAll(() => stage.close());
}

const follow = async () => (await board.get('session:supervise', {})).sessions;
/** Somebody who has signed in and opened no window is on the board at its next reading. */
const rowSoon = (user: StageUser) =>
  until(async () => (await follow()).find((row) => row.user.id === user.actor.userId));

/** Waits until the board tells a row of the user that fits. */
const told = async (user: StageUser, fits: (row: SupervisedSession) => boolean, browser = board) => {
  const rows = () => browser.notifications('sessionBoard:changed').flatMap(({ changed }) => changed);
  return until(() => rows().findLast((row) => row.user.id === user.actor.userId && fits(row)));
};

async function makeWall(user: StageUser): Promise<string> {
  const wall = { name: `Wall ${newId()}`, layout: '4', incidentId: null };
  return (await user.get(wallSchema, 'POST', '/api/walls', wall)).id;
}

const end = (id: string, note = 'Looks at a neighbour', by = supervisor) =>
  by.call('POST', `/api/operator-sessions/${id}/end`, { note });

describe('the board', () => {
  useStage();

  it('SUP1 names every session of the agency with what it has open, and moves by itself', async () => {
    const analyst = await stage.signIn('analyst');
    expect(await rowSoon(analyst)).toMatchObject({
      user: { role: 'analyst' },
      state: 'active',
      deviceClass: 'console',
      connections: 0,
      screens: [],
      viewings: [],
      endedViewingMs: 0,
      bytes: 0,
    });
    await stage.grant(analyst);
    const browser = await analyst.connect();
    await told(analyst, ({ connections }) => connections === 1);
    const wallId = await makeWall(analyst);
    await browser.get('wall:join', { wallId, screen: 1 });
    await told(analyst, ({ screens }) => screens[0]?.wallId === wallId && screens[0].screen === 1);
    await browser.openPeer();
    const [shown] = await stage.view(browser, stage.cameras.slice(0, 1));
    const seen = await told(analyst, ({ viewings }) => viewings.length === 1);
    expect(seen.viewings).toMatchObject([{ id: shown?.viewingId, cameraName: 'One', purpose: 'violentCrime' }]);

    await browser.get('consumer:close', { viewingIds: [shown?.viewingId ?? ''] });
    await told(analyst, ({ viewings, endedViewingMs }) => viewings.length === 0 && endedViewingMs > 0);
    await analyst.call('POST', '/api/session/lock');
    await told(analyst, ({ state }) => state === 'locked');
    browser.close();
    await told(analyst, ({ connections, screens }) => connections === 0 && screens.length === 0);
    expect((await stage.audit('session.supervised')).at(-1)).toMatchObject({ actorId: supervisor.actor.userId });
  });

  it('SUP1 tells of a session that has ended, and of one that became a wall display', async () => {
    const other = await stage.signIn('supervisor');
    const { id } = await rowSoon(other);
    expect((await other.call('POST', `/api/sessions/${id}/wall-display`)).status).toBe(200);
    await told(other, ({ deviceClass }) => deviceClass === 'wallDisplay');
    await other.call('POST', '/api/auth/sign-out');
    await until(() => board.notifications('sessionBoard:changed').some(({ endedIds }) => endedIds.includes(id)));
  });

  it('SUP1 says what was acknowledged', async () => {
    await follow();
    const analyst = await stage.signIn('analyst');
    const sent = await supervisor.call('POST', `/api/users/${analyst.actor.userId}/messages`, { text: 'Call me' });
    const { id } = sent.body as { id: string };
    await told(analyst, ({ messages }) => messages[0]?.id === id && messages[0].acknowledgedAt === null);
    await analyst.call('POST', `/api/messages/${id}/acknowledge`);
    const row = await told(analyst, ({ messages }) => typeof messages[0]?.acknowledgedAt === 'string');
    expect(row.messages).toMatchObject([{ id, text: 'Call me', by: { id: supervisor.actor.userId } }]);
  });

  it('SUP1 shows no session of another agency, neither at first nor later', async () => {
    await follow();
    const agencyId = await seedTestAgency(stage.db, 'Elsewhere');
    const foreign = await stage.signIn('supervisor', agencyId);
    const theirs = await foreign.connect();
    const rows = (await theirs.get('session:supervise', {})).sessions;
    expect(rows.map(({ user }) => user.id)).toEqual([foreign.actor.userId]);
    const analyst = await stage.signIn('analyst', agencyId);
    await analyst.connect();
    await told(analyst, ({ connections }) => connections === 1, theirs);
    // Somebody of the own agency after that: what was told of the other one would be here by now.
    const own = await stage.signIn('analyst');
    await own.connect();
    await told(own, ({ connections }) => connections === 1);
    const ours = board.notifications('sessionBoard:changed').flatMap(({ changed }) => changed);
    const foreigners = [foreign.actor.userId, analyst.actor.userId];
    expect(ours.filter(({ user }) => foreigners.includes(user.id))).toEqual([]);
  });

  it.each(['analyst', 'dispatcher', 'administrator', 'auditor'] as const)('ACC2 is not for a %s', async (role) => {
    const browser = await (await stage.signIn(role)).connect();
    expect(await browser.refusal('session:supervise', {})).toBe('notPermitted');
  });
});

describe('ending a session', () => {
  useStage();

  it('SUP2 ends viewings at the host first, then the sockets, and the operator hears by whom and why', async () => {
    const { user, browser, peer } = await stage.viewer();
    const shown = (await stage.view(browser)).map((item) => item.viewingId);
    const { id } = await rowSoon(user);
    const flowing = () => shown.filter((viewingId) => stage.host.consumer(viewingId) !== undefined);
    expect(flowing()).toEqual(shown);
    const flowingWhenTold = new Promise((resolve) => browser.socket.once('session:ended', () => resolve(flowing())));
    expect((await end(id)).status).toBe(200);
    expect(await flowingWhenTold).toEqual([]);
    expect(await browser.heard('session:ended')).toEqual({
      reason: 'endedBySupervisor',
      by: { id: supervisor.actor.userId, name: 'The supervisor', role: 'supervisor' },
      note: 'Looks at a neighbour',
    });
    await until(() => !browser.socket.connected);
    expect((await stage.audit('session.ended')).at(-1)).toMatchObject({
      actorId: supervisor.actor.userId,
      targetId: id,
      details: { reason: 'endedBySupervisor', note: 'Looks at a neighbour', userId: user.actor.userId },
    });

    // Whoever comes back with the old cookie gets nothing, by socket or by route, and no peer.
    await expect(user.connect()).rejects.toThrow('notSignedIn');
    expect((await user.call('GET', '/api/me')).status).toBe(401);
    const again = await stage.signIn('analyst');
    const stranger = await again.connect();
    const opened = await stranger.get('peer:open', { resume: { peerId: peer.peerId, secret: peer.secret } });
    expect(opened.isResumed).toBe(false);
    expect(await end(id)).toMatchObject({ status: 404 });
  });

  it('SUP2 ends the one session and leaves the others of its user', async () => {
    const analyst = await stage.signIn('analyst');
    const browser = await analyst.connect();
    const [row] = await stage.db.select().from(sessions).where(eq(sessions.userId, analyst.actor.userId));
    const otherId = newId();
    await stage.db.insert(sessions).values({
      id: otherId,
      userId: analyst.actor.userId,
      token: otherId,
      expiresAt: new Date(Date.now() + 600_000),
    });
    expect((await end(otherId)).status).toBe(200);
    expect((await browser.ask('clock:read', {})).ok).toBe(true);
    expect((await end(row?.id ?? '')).status).toBe(200);
    await until(() => !browser.socket.connected);
  });

  it('SUP2 refuses the own, who stands outside, another agency, and an end without a reason', async () => {
    const rows = async (user: StageUser) =>
      (await stage.db.select().from(sessions).where(eq(sessions.userId, user.actor.userId)))[0]?.id ?? '';
    expect((await end(await rows(supervisor))).status).toBe(409);
    for (const role of ['administrator', 'auditor'] as const) {
      expect((await end(await rows(await stage.signIn(role)))).status).toBe(403);
    }
    const analyst = await stage.signIn('analyst');
    const foreign = await stage.signIn('supervisor', await seedTestAgency(stage.db, 'Elsewhere'));
    expect((await end(await rows(analyst), 'A reason', foreign)).status).toBe(404);
    expect((await end(await rows(foreign))).status).toBe(404);
    expect((await end(await rows(analyst), ' ')).status).toBe(400);
    expect((await analyst.call('GET', '/api/me')).status).toBe(200);
  });

  it('SUP2 ends a wall display', async () => {
    const other = await stage.signIn('supervisor');
    await stage.db.update(sessions).set({ deviceClass: 'wallDisplay' }).where(eq(sessions.userId, other.actor.userId));
    const browser = await other.connect();
    expect((await end((await rowSoon(other)).id)).status).toBe(200);
    expect((await browser.heard('session:ended')).reason).toBe('endedBySupervisor');
  });
});

describe('looking at a wall', () => {
  useStage();

  it('WAL7 whoever follows a wall, with a screen or without, shows on it before there is an answer', async () => {
    const analyst = await stage.signIn('analyst');
    const browser = await analyst.connect();
    const wallId = await makeWall(analyst);
    await browser.get('wall:join', { wallId, screen: 1 });
    const presentNow = () => browser.notifications('wall:presenceChanged').at(-1)?.present ?? [];
    const isWatched = () => presentNow().some(({ user }) => user.id === supervisor.actor.userId);
    expect(isWatched()).toBe(false);

    const { wall } = await board.get('wall:join', { wallId, screen: null });
    expect(wall.id).toBe(wallId);
    await browser.heard('wall:presenceChanged', ({ present }) =>
      present.some(({ user, screen }) => user.id === supervisor.actor.userId && screen === null),
    );
    await board.get('wall:leave', { wallId });
    await until(() => !isWatched());

    await board.get('wall:join', { wallId, screen: null });
    await until(isWatched);
    board.close();
    await until(() => !isWatched());
  });

  it('WAL7 no route gives away what is on a wall', async () => {
    const wallId = await makeWall(supervisor);
    expect((await supervisor.call('GET', `/api/walls/${wallId}`)).status).toBe(404);
    const { body } = await supervisor.call('GET', '/api/walls');
    expect(JSON.stringify(body)).not.toContain('tiles');
  });
});
