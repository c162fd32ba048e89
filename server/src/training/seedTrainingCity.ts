import { join } from 'node:path';
import { hashPassword } from 'better-auth/crypto';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import type { Policies } from '../policy/Policies.ts';
import type { RegistryKeys } from '../registry/RegistryKeys.ts';
import { setPassword } from '../users/userRepository.ts';
import { makePassword } from './makePassword.ts';
import { trainingUsers } from './plan.ts';
import { readTrainingFile, writeTrainingFile } from './TrainingFile.ts';
import { seedAcceptance, seedAgency, seedCameras, seedSite, seedUsers } from './seedPlaces.ts';
import { seedRegistrations } from './seedRegistrations.ts';
import { seedGrants, seedIncidents, seedWall } from './seedWork.ts';

/**
 * Makes what is missing of the training city and leaves the rest as its users left it, so that it can run at every
 * start. Grants for the wall's incident are renewed, and that incident is open again if somebody closed it: the rule
 * that a viewing needs a running grant and an open incident has no exception here.
 */
export async function seedTrainingCity(parts: {
  db: Db;
  audit: Audit;
  policies: Pick<Policies, 'current'>;
  registryKeys: RegistryKeys;
  dataDir: string;
}): Promise<void> {
  const { db, audit, policies } = parts;
  const path = join(parts.dataDir, 'training.json');
  const known = new Map((await readTrainingFile(path))?.users.map((user) => [user.email, user.password]));
  const credentials = trainingUsers.map((user) => ({ ...user, password: known.get(user.email) ?? makePassword() }));

  const agencyId = await seedAgency(db);
  const siteId = await seedSite(db, agencyId);
  const cameras = await seedCameras(db, agencyId, siteId);
  const { users, existing } = await seedUsers(db, agencyId, credentials);
  // Accounts whose passwords nobody knows any more, because the file is gone, get new ones.
  for (const user of existing) {
    const lost = credentials.find((entry) => entry.email === user.email && !known.has(entry.email));
    if (lost !== undefined) await setPassword(db, user.id, await hashPassword(lost.password));
  }
  await seedAcceptance({ db, audit }, agencyId);
  await seedRegistrations(db, parts.registryKeys, agencyId);
  const incidents = await seedIncidents(db, agencyId, cameras);
  const wallId = await seedWall(db, agencyId, cameras, incidents);
  await seedGrants({ db, audit, policies }, agencyId, users, cameras, incidents);

  await writeTrainingFile(path, {
    wallId,
    siteId,
    users: credentials.map(({ role, email, password }) => ({ role, email, password })),
    cameras: cameras.map(({ id, number, name }) => ({ id, number, name })),
  });
}
