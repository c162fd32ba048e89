import type { Role } from '@commonsight/types/permission';
import { hashPassword } from 'better-auth/crypto';
import type { UserActor } from '../access/Actor.ts';
import { insertCamera } from '../cameras/cameraRepository.ts';
import type { Db } from '../db/Database.ts';
import { agencies } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { insertIncident } from '../incidents/incidentRepository.ts';
import { useNotice } from '../sessions/useNotice.ts';
import { insertSite } from '../sites/siteRepository.ts';
import { insertUser } from '../users/userRepository.ts';

export const testPosition = { latitude: 43.04, longitude: -87.91 };
export const testPassword = 'correct horse battery';

export async function seedTestAgency(db: Db, name: string): Promise<string> {
  const id = newId();
  await db.insert(agencies).values({ id, name });
  return id;
}

/** Hashing is slow on purpose: every test user has the same password, hashed once. */
const passwordHash = hashPassword(testPassword);

export async function seedTestUser(
  db: Db,
  user: { agencyId: string; role: Role; email?: string },
): Promise<UserActor & { email: string }> {
  const id = newId();
  const email = user.email ?? `${id}@test.example`;
  const row = { id, agencyId: user.agencyId, name: `The ${user.role}`, email, role: user.role };
  await insertUser(db, {
    ...row,
    passwordHash: await passwordHash,
    acceptedNoticeVersion: useNotice.version,
  });
  return {
    kind: 'user',
    userId: id,
    name: row.name,
    agencyId: user.agencyId,
    role: user.role,
    sessionId: newId(),
    sourceAddress: '127.0.0.1',
    email,
  };
}

export async function seedTestSite(db: Db, agencyId: string): Promise<string> {
  const id = newId();
  await insertSite(db, { id, agencyId, name: 'Test site', address: '1 Test St', ...testPosition });
  return id;
}

export interface TestCamera {
  id: string;
  streams: { main: string; sub: string };
}

export async function seedTestCamera(
  db: Db,
  camera: {
    agencyId: string;
    siteId: string;
    name?: string;
    sharingMode?: 'always' | 'off';
    /** Left out: it is. */
    isConfirmed?: boolean;
  },
): Promise<TestCamera> {
  const id = newId();
  const streams = { main: newId(), sub: newId() };
  const row = {
    id,
    agencyId: camera.agencyId,
    siteId: camera.siteId,
    name: camera.name ?? 'Test camera',
    sharingMode: camera.sharingMode ?? 'always',
    confirmedAt: camera.isConfirmed === false ? null : new Date(),
    ...testPosition,
    bearingDegrees: 0,
    angleDegrees: 90,
    rangeMetres: 100,
  };
  await db.transaction((tx) => insertCamera(tx, row, streams));
  return { id, streams };
}

export async function seedTestIncident(db: Db, incident: { agencyId: string; isTraining?: boolean }): Promise<string> {
  const id = newId();
  const row = {
    id,
    agencyId: incident.agencyId,
    title: 'Test incident',
    priority: 2 as const,
    isTraining: incident.isTraining ?? false,
    openedAt: new Date(),
    ...testPosition,
  };
  await db.transaction((tx) => insertIncident(tx, row));
  return id;
}
