import type { Db } from '../db/Database.ts';
import type { PushMessages } from '../push/PushMessages.ts';
import type { RecipientRow } from './footageRepository.ts';
import { claimReminder, noteMail } from './recipientRepository.ts';

const hourMs = 60 * 60_000;

/** Reminds an owner, who gets no mails, by push message. Whose browser takes none now is tried again in an hour. */
export async function remindOwner(
  { db, push }: { db: Db; push: Pick<PushMessages, 'footageAsked'> },
  { id, agencyId, siteId, deadline }: RecipientRow,
  now: Date,
): Promise<void> {
  if (siteId === null || !(await claimReminder(db, id, { now, until: new Date(now.getTime() + hourMs) }))) return;
  const browsers = await push.footageAsked(agencyId, [siteId], deadline);
  if (browsers > 0) await noteMail(db, id, { remindedAt: now });
}
