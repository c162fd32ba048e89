import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { footageLinks, footageRecipients } from '../db/schema.ts';
import { newId } from '../ids.ts';
import type { Mailer } from '../mail/Mailer.ts';
import { eraseRegistration } from '../registry/registrationRepository.ts';
import { testContact } from '../registry/testing/seedTestRegistration.ts';
import { FootageMails } from './FootageMails.ts';
import { FootageStage, hourMs } from './testing/FootageStage.ts';

let stage: FootageStage;

beforeAll(async () => {
  stage = await FootageStage.create();
});

// Each test has a day's requests of its own.
beforeEach(() => stage.changeAnalyst());

afterAll(() => stage.close());

const failing: Mailer = { send: () => Promise.reject(new Error('No mail server.')), close: () => undefined };

function makeMails(mailer: Mailer): FootageMails {
  const { db, audit, server } = stage;
  return new FootageMails({
    db,
    audit,
    mailer,
    registryKeys: server.services.registry.keys,
    publicUrl: server.config.publicUrl,
  });
}

/** A request whose mail is not sent yet. */
async function unmailed(ids: readonly string[]) {
  const place = `Place ${newId()}`;
  const request = await stage.sent(ids, { place });
  const [recipient] = request.recipients;
  const id = recipient?.id ?? '';
  await stage.db.update(footageRecipients).set({ mailedAt: null }).where(eq(footageRecipients.id, id));
  await stage.db.delete(footageLinks).where(eq(footageLinks.recipientId, id));
  return { id, request, place, before: (await stage.mailsAbout(place)).length };
}

test('a mail that cannot be sent leaves no link, says so in the log, and waits longer each time', async () => {
  const { id, request, place, before } = await unmailed([await stage.register()]);
  const mails = makeMails(failing);
  const now = new Date();
  const row = async () => {
    const [found] = await stage.db.select().from(footageRecipients).where(eq(footageRecipients.id, id));
    if (found === undefined) throw new Error('The recipient is gone.');
    return found;
  };
  const waitedMs = async (since: Date) => ((await row()).nextMailAt?.getTime() ?? 0) - since.getTime();
  await expect(mails.sendRequest(id, now)).rejects.toThrow('No mail server.');
  const first = await waitedMs(now);
  expect(first).toBeGreaterThan(0);
  expect((await stage.stateOf(request.id)).mailedAt).toBeNull();
  // Too early for another try: no line, and no mail.
  await mails.sendRequest(id, now);
  const later = new Date(now.getTime() + hourMs);
  await expect(mails.sendRequest(id, later)).rejects.toThrow('No mail server.');
  expect(await waitedMs(later)).toBeGreaterThan(first);
  const isLink = and(eq(footageLinks.recipientId, id), eq(footageLinks.isSession, false));
  expect(await stage.db.$count(footageLinks, isLink)).toBe(0);
  const types = (await stage.typesAbout(request.id)).slice(2);
  expect(types).toEqual(['footage.mailed', 'footage.mailed refused', 'footage.mailed', 'footage.mailed refused']);
  await stage.services.clock.run(new Date(later.getTime() + 7 * hourMs));
  expect(await stage.mailsAbout(place)).toHaveLength(before + 1);
  expect((await stage.stateOf(request.id)).mailedAt).not.toBeNull();
});

test('a mail that a server was sending when it stopped is sent by the next', async () => {
  const { id, place, before } = await unmailed([await stage.register()]);
  const now = new Date();
  const reached = Promise.withResolvers<void>();
  const send = (): Promise<void> => {
    reached.resolve();
    // As when the server stops meanwhile.
    return new Promise(() => undefined);
  };
  void makeMails({ send, close: () => undefined }).sendRequest(id, now);
  await reached.promise;
  await stage.services.clock.run(now);
  expect(await stage.mailsAbout(place)).toHaveLength(before);
  await stage.services.clock.run(new Date(now.getTime() + hourMs));
  expect(await stage.mailsAbout(place)).toHaveLength(before + 1);
});

test('who has deleted the camera that is asked about and keeps another one is mailed all the same', async () => {
  const emailHash = newId();
  const asked = await stage.register({ emailHash });
  await stage.register({ emailHash });
  const { place, before } = await unmailed([asked]);
  await stage.db.transaction((tx) => eraseRegistration(tx, { agencyId: stage.server.agencyId, id: asked }, new Date()));
  await stage.services.clock.run(new Date());
  const mails = await stage.mailsAbout(place);
  expect(mails).toHaveLength(before + 1);
  expect(mails.every((mail) => mail.startsWith(`To: ${testContact.email}`))).toBe(true);
});
