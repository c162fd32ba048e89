import { hashPassword } from 'better-auth/crypto';
import { and, eq } from 'drizzle-orm';
import { insertCamera, listCameras } from '../cameras/cameraRepository.ts';
import type { Db } from '../db/Database.ts';
import type { Audit } from '../audit/Audit.ts';
import { agencies, sites, users } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { useNotice } from '../sessions/useNotice.ts';
import { insertSite } from '../sites/siteRepository.ts';
import { type UserRow, insertUser, listUsers } from '../users/userRepository.ts';
import {
  firstTrainingIncidentNumber,
  trainingAgencyName,
  trainingCameras,
  trainingSite,
  type trainingUsers,
} from './plan.ts';
import { trainingArea } from './seedRegistrations.ts';

export interface SeededCamera {
  id: string;
  number: number;
  name: string;
}

export async function seedAgency(db: Db): Promise<string> {
  await db
    .insert(agencies)
    .values({
      id: newId(),
      name: trainingAgencyName,
      lastIncidentNumber: firstTrainingIncidentNumber - 1,
      isTraining: true,
      area: trainingArea,
    })
    .onConflictDoUpdate({ target: agencies.name, set: { isTraining: true, area: trainingArea } });
  const [agency] = await db.select().from(agencies).where(eq(agencies.name, trainingAgencyName));
  if (agency === undefined) throw new Error('The training agency was not made.');
  return agency.id;
}

export async function seedSite(db: Db, agencyId: string): Promise<string> {
  const [site] = await db
    .select({ id: sites.id })
    .from(sites)
    .where(and(eq(sites.agencyId, agencyId), eq(sites.name, trainingSite.name)));
  if (site !== undefined) return site.id;
  const { name, address, position } = trainingSite;
  return (await insertSite(db, { id: newId(), agencyId, name, address, ...position })).id;
}

/** The agency's first cameras; made all together or, when there is any, not at all. */
export async function seedCameras(db: Db, agencyId: string, siteId: string): Promise<SeededCamera[]> {
  if ((await listCameras(db, agencyId)).length === 0) {
    await db.transaction(async (tx) => {
      for (const { name, position, viewCone } of trainingCameras) {
        const place = { agencyId, siteId, ...position, ...viewCone };
        // The training city has its cameras confirmed from the beginning.
        const row = { id: newId(), name, sharingMode: 'always' as const, confirmedAt: new Date(), ...place };
        await insertCamera(tx, row, { main: newId(), sub: newId() });
      }
    });
  }
  const rows = await listCameras(db, agencyId);
  return rows.filter((row) => row.number <= trainingCameras.length);
}

/** Makes the missing users; answers all of them, and which were there before. */
export async function seedUsers(
  db: Db,
  agencyId: string,
  credentials: readonly ((typeof trainingUsers)[number] & { password: string })[],
): Promise<{ users: UserRow[]; existing: UserRow[] }> {
  const existing = await listUsers(db, agencyId);
  const missing = credentials.filter((entry) => !existing.some((user) => user.email === entry.email));
  const hashes = await Promise.all(missing.map((entry) => hashPassword(entry.password)));
  await db.transaction(async (tx) => {
    for (const [index, { name, email, role }] of missing.entries()) {
      await insertUser(tx, { id: newId(), agencyId, name, email, role, passwordHash: hashes[index] ?? '' });
    }
  });
  return { users: await listUsers(db, agencyId), existing };
}

/** The training users go straight to the wall: the seeding accepts the use notice for them, and keeps them in use. */
export async function seedAcceptance({ db, audit }: { db: Db; audit: Audit }, agencyId: string): Promise<void> {
  const { version } = useNotice;
  for (const user of await listUsers(db, agencyId)) {
    if (user.acceptedNoticeVersion < version) {
      await audit.record({
        type: 'useNotice.accepted',
        outcome: 'done',
        actor: { kind: 'system', agencyId },
        target: { kind: 'user', id: user.id },
        details: { version, isTraining: true },
      });
    }
    await db.update(users).set({ acceptedNoticeVersion: version, enabledAt: new Date() }).where(eq(users.id, user.id));
  }
}
