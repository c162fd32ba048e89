import { and, desc, eq } from 'drizzle-orm';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { agencies, auditEvents } from '../db/schema.ts';
import { endGrantsOfUser } from '../grants/grantRepository.ts';
import type { Logger } from '../logger.ts';
import type { Policies } from '../policy/Policies.ts';
import type { RegistryKeys } from '../registry/RegistryKeys.ts';
import type { Sessions } from '../sessions/Sessions.ts';
import { disableUser, enableUser, listUsers } from '../users/userRepository.ts';
import { trainingAgencyName } from './plan.ts';
import { seedTrainingCity } from './seedTrainingCity.ts';

interface Parts {
  db: Db;
  audit: Audit;
  policies: Pick<Policies, 'current'>;
  sessions: Pick<Sessions, 'endAllOfUser'>;
  logger: Pick<Logger, 'warn'>;
  registryKeys: RegistryKeys;
  dataDir: string;
}

/**
 * Makes the training city as its setting says, at every start. On: what is missing is seeded. Off: nobody of its agency
 * can sign in, because its passwords stand in a file and on screens. A change is said in the log.
 */
export async function switchTrainingCity(parts: Parts, isOn: boolean): Promise<void> {
  const { db, audit, policies, logger, registryKeys, dataDir } = parts;
  const [agency] = await db.select({ id: agencies.id }).from(agencies).where(eq(agencies.name, trainingAgencyName));
  if (isOn) {
    const enabled = agency === undefined ? 0 : await enableAccounts(parts, agency.id);
    await seedTrainingCity({ db, audit, policies, registryKeys, dataDir });
    if (agency === undefined)
      logger.warn('The training city is on, with accounts whose passwords are in training.json.');
    if (enabled > 0) logger.warn({ accounts: enabled }, 'The training city is on again: its accounts are enabled.');
    return;
  }
  const disabled = agency === undefined ? 0 : await disableAccounts(parts, agency.id);
  if (disabled > 0) logger.warn({ accounts: disabled }, 'The training city is off: its accounts are disabled.');
}

async function disableAccounts({ db, audit, sessions }: Parts, agencyId: string): Promise<number> {
  const active = (await listUsers(db, agencyId)).filter((user) => user.disabledAt === null);
  for (const { id } of active) {
    await audit.record({
      type: 'user.disabled',
      outcome: 'done',
      actor: { kind: 'system', agencyId },
      target: { kind: 'user', id },
      details: { reason: 'trainingCityOff' },
    });
    const now = new Date();
    await db.transaction(async (tx) => {
      await disableUser(tx, agencyId, id, now);
      await endGrantsOfUser(tx, agencyId, id, now);
    });
    await sessions.endAllOfUser({ agencyId, userId: id }, 'userDisabled');
  }
  return active.length;
}

/** Enables whom this switch has disabled, and nobody whom an administrator has. */
async function enableAccounts({ db, audit }: Parts, agencyId: string): Promise<number> {
  let count = 0;
  for (const { id, disabledAt } of await listUsers(db, agencyId)) {
    if (disabledAt === null || !(await wasDisabledHere(db, agencyId, id))) continue;
    await audit.record({
      type: 'user.enabled',
      outcome: 'done',
      actor: { kind: 'system', agencyId },
      target: { kind: 'user', id },
      details: { reason: 'trainingCityOn' },
    });
    await enableUser(db, agencyId, id, new Date());
    count += 1;
  }
  return count;
}

async function wasDisabledHere(db: Db, agencyId: string, userId: string): Promise<boolean> {
  const [last] = await db
    .select({ actorKind: auditEvents.actorKind })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.agencyId, agencyId),
        eq(auditEvents.type, 'user.disabled'),
        eq(auditEvents.outcome, 'done'),
        eq(auditEvents.targetId, userId),
      ),
    )
    .orderBy(desc(auditEvents.sequence))
    .limit(1);
  return last?.actorKind === 'system';
}
