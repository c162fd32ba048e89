import { messageSchema } from '@commonsight/types/message';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { auditEntries, messages, sessions } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { Stage, type StageUser } from '../signaling/testing/Stage.ts';
import { seedTestAgency, seedTestUser } from '../testing/seed.ts';

let stage: Stage;
let supervisor: StageUser;
let analyst: StageUser;

beforeAll(async () => {
  stage = await Stage.create();
  supervisor = await stage.signIn('supervisor');
  analyst = await stage.signIn('analyst');
});
afterAll(() => stage.close());

const listSchema = z.object({ messages: z.array(messageSchema) });

const send = (to: StageUser, text: string, from = supervisor) =>
  from.get(messageSchema, 'POST', `/api/users/${to.actor.userId}/messages`, { text });
const trySend = async (to: { userId: string }, text: string, from = supervisor) =>
  (await from.call('POST', `/api/users/${to.userId}/messages`, { text })).status;
const acknowledge = (user: StageUser, id: string) => user.call('POST', `/api/messages/${id}/acknowledge`);
const waiting = async (user: StageUser) => (await user.get(listSchema, 'GET', '/api/messages')).messages;

it('MES1 a message reaches every window of its user, and nobody else', async () => {
  const windows = [await analyst.connect(), await analyst.connect()];
  const other = await (await stage.signIn('analyst')).connect();
  const message = await send(analyst, 'Please close camera 4.\nIt is a school.');
  expect(message).toMatchObject({ by: { id: supervisor.actor.userId }, to: { id: analyst.actor.userId } });
  for (const window of windows) expect(await window.heard('message:sent')).toEqual({ message });
  expect((await stage.audit('message.sent')).at(-1)).toMatchObject({
    outcome: 'done',
    actorId: supervisor.actor.userId,
    targetId: analyst.actor.userId,
    details: { messageId: message.id, text: 'Please close camera 4.\nIt is a school.' },
  });

  expect((await acknowledge(analyst, message.id)).status).toBe(200);
  for (const window of windows) expect(await window.heard('message:acknowledged')).toEqual({ messageId: message.id });
  expect(other.notifications('message:sent')).toEqual([]);
  for (const window of [...windows, other]) window.close();
});

it('LOG3 the text of a message stands beside the log, where it can be erased', async () => {
  await send(analyst, 'Words about a person');
  const leaves = await stage.db.select({ leaf: auditEntries.leaf }).from(auditEntries);
  const text = leaves.map(({ leaf }) => leaf).join();
  expect(text).toContain('message.sent');
  expect(text).not.toContain('Words about a person');
});

it('MES2 what was sent while nobody was connected waits for the session, and for no later one', async () => {
  const away = await stage.signIn('dispatcher');
  const message = await send(away, 'Call me when you are back');
  expect(await waiting(away)).toEqual([message]);
  // A session that begins afterwards has missed nothing.
  await stage.db
    .update(sessions)
    .set({ createdAt: new Date(Date.now() + 1_000) })
    .where(eq(sessions.userId, away.actor.userId));
  expect(await waiting(away)).toEqual([]);
});

it('MES3 a message is acknowledged once, by its own user, with a line', async () => {
  const message = await send(analyst, 'Well done');
  expect((await acknowledge(supervisor, message.id)).status).toBe(404);
  const lines = async () =>
    (await stage.audit('message.acknowledged')).filter(
      ({ targetId, outcome }) => targetId === message.id && outcome === 'done',
    );
  expect(await lines()).toEqual([]);
  const first = messageSchema.parse((await acknowledge(analyst, message.id)).body);
  expect(messageSchema.parse((await acknowledge(analyst, message.id)).body)).toEqual(first);
  expect(await lines()).toMatchObject([{ actorId: analyst.actor.userId }]);
  expect((await waiting(analyst)).map(({ id }) => id)).not.toContain(message.id);
});

it('SES7 a wall display gets no messages and acknowledges none', async () => {
  const user = await stage.signIn('supervisor');
  const become = (deviceClass: 'console' | 'wallDisplay') =>
    stage.db.update(sessions).set({ deviceClass }).where(eq(sessions.userId, user.actor.userId));
  await become('wallDisplay');
  expect(await trySend(user.actor, 'Is anybody there')).toBe(409);
  const display = await user.connect();
  await become('console');
  const desk = await user.connect();
  const message = await send(user, 'For who sits there');
  await desk.heard('message:sent');
  await become('wallDisplay');
  expect(await waiting(user)).toEqual([]);
  expect((await acknowledge(user, message.id)).status).toBe(403);
  // Asked and answered after the message was told: it would have come by now.
  await display.get('clock:read', {});
  expect(display.notifications('message:sent')).toEqual([]);
  for (const browser of [display, desk]) browser.close();
});

it('MES1 refuses oneself, who stands outside, who is not signed in, another agency, long texts and floods', async () => {
  const text = 'A word';
  expect(await trySend(supervisor.actor, text)).toBe(409);
  for (const role of ['administrator', 'auditor'] as const) {
    expect(await trySend((await stage.signIn(role)).actor, text)).toBe(403);
  }
  expect(await trySend(await seedTestUser(stage.db, { agencyId: stage.agencyId, role: 'analyst' }), text)).toBe(409);
  const stranger = await stage.signIn('analyst', await seedTestAgency(stage.db, 'Elsewhere'));
  expect(await trySend(stranger.actor, text)).toBe(404);
  expect(await trySend({ userId: newId() }, text)).toBe(404);
  expect(await trySend(supervisor.actor, text, analyst)).toBe(403);
  expect(await trySend(analyst.actor, 'x'.repeat(501))).toBe(400);
  expect(await trySend(analyst.actor, ' \n ')).toBe(400);
  expect(await trySend(analyst.actor, 'a\u0007b')).toBe(400);
  const eager = await stage.signIn('supervisor');
  const statuses: number[] = [];
  for (let i = 0; i < 12; i += 1) statuses.push(await trySend(analyst.actor, `Number ${i}`, eager));
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(statuses.slice(10)).toContain(429);
});

it('messages are kept for a day', async () => {
  const old = await send(analyst, 'Of yesterday');
  const fresh = await send(analyst, 'Of today');
  await stage.db
    .update(messages)
    .set({ sentAt: new Date(Date.now() - 25 * 60 * 60_000) })
    .where(eq(messages.id, old.id));
  await stage.server.services.messages.deleteOld(new Date());
  const left = (await stage.db.select({ id: messages.id }).from(messages)).map(({ id }) => id);
  expect([left.includes(old.id), left.includes(fresh.id)]).toEqual([false, true]);
});
