import type { Area } from '@commonsight/types/registration';
import { hashPassword } from 'better-auth/crypto';
import { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { agencies } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { insertUser } from './userRepository.ts';

export interface NewAgency {
  agencyName: string;
  administratorName: string;
  email: string;
  password: string;
  /** Within which residents may register cameras; without one there is no registry. */
  area?: Area | undefined;
}

/**
 * Makes an agency with its first administrator, who makes everybody else. No route leads here: whoever can do this has
 * the database. Throws `conflict` when the agency or the email exists; then nothing was made.
 */
export async function createAgency(
  db: Db,
  { agencyName, administratorName, email, password, area }: NewAgency,
): Promise<void> {
  const agencyId = newId();
  const userId = newId();
  const passwordHash = await hashPassword(password);
  await new Audit(db).record({
    type: 'user.created',
    outcome: 'done',
    actor: { kind: 'system', agencyId },
    target: { kind: 'user', id: userId },
    details: { role: 'administrator', isFirst: true },
  });
  await db.transaction(async (tx) => {
    const [agency] = await tx
      .insert(agencies)
      .values({ id: agencyId, name: agencyName, area: area ?? null })
      .onConflictDoNothing()
      .returning();
    if (agency === undefined) throw new CodedError('conflict', 'There is an agency of this name.');
    const user = { id: userId, agencyId, name: administratorName, email, role: 'administrator' as const, passwordHash };
    if ((await insertUser(tx, user)) === null) throw new CodedError('conflict', 'There is a user with this email.');
  });
}
