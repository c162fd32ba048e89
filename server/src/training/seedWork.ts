import { rolePermissions } from '@commonsight/types/permission';
import { and, eq } from 'drizzle-orm';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { incidents as incidentTable, wallScreens, wallTiles, walls } from '../db/schema.ts';
import { addGrantCameras, endGrant, extendGrant, findUnendedGrant, insertGrant } from '../grants/grantRepository.ts';
import { grantTerms, grantTimes } from '../grants/grantTerms.ts';
import { newId } from '../ids.ts';
import {
  insertEntry,
  insertIncident,
  replaceIncidentCameras,
  updateIncident,
} from '../incidents/incidentRepository.ts';
import type { Policies } from '../policy/Policies.ts';
import type { UserRow } from '../users/userRepository.ts';
import { firstTrainingIncidentNumber, trainingIncidents, trainingWall, wallIncidentIndex } from './plan.ts';
import type { SeededCamera } from './seedPlaces.ts';

/** A grant that could run no longer than this is made anew. */
const dayMs = 24 * 60 * 60 * 1000;

/** Makes the missing incidents and opens the wall's again; answers their ids in the plan's order. */
export async function seedIncidents(db: Db, agencyId: string, cameras: readonly SeededCamera[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, plan] of trainingIncidents.entries()) {
    const [known] = await db
      .select()
      .from(incidentTable)
      .where(and(eq(incidentTable.agencyId, agencyId), eq(incidentTable.number, firstTrainingIncidentNumber + index)));
    if (known === undefined) {
      ids.push(await makeIncident(db, agencyId, plan, cameras));
      continue;
    }
    ids.push(known.id);
    if (index === wallIncidentIndex && known.closedAt !== null) await reopen(db, agencyId, known.id);
  }
  return ids;
}

export async function seedWall(
  db: Db,
  agencyId: string,
  cameras: readonly SeededCamera[],
  incidents: readonly string[],
): Promise<string> {
  const [known] = await db
    .select({ id: walls.id })
    .from(walls)
    .where(and(eq(walls.agencyId, agencyId), eq(walls.name, trainingWall.name)));
  if (known !== undefined) return known.id;
  const wallId = newId();
  const incidentId = incidents[wallIncidentIndex] ?? null;
  await db.transaction(async (tx) => {
    await tx.insert(walls).values({ id: wallId, agencyId, name: trainingWall.name, incidentId });
    await tx.insert(wallScreens).values({ wallId, number: 1, agencyId, layout: trainingWall.layout });
    await tx.insert(wallTiles).values(
      idsOf(cameras, trainingWall.cameras).map((cameraId, index) => ({
        id: newId(),
        wallId,
        screenNumber: 1,
        slot: index + 1,
        agencyId,
        cameraId,
        incidentId,
      })),
    );
  });
  return wallId;
}

/** Gives every user who may look a running grant for all cameras under the wall's incident, or renews it. */
export async function seedGrants(
  parts: { db: Db; audit: Audit; policies: Pick<Policies, 'current'> },
  agencyId: string,
  users: readonly UserRow[],
  cameras: readonly SeededCamera[],
  incidents: readonly string[],
): Promise<void> {
  const { db, audit } = parts;
  const incidentId = incidents[wallIncidentIndex];
  const policy = await parts.policies.current(agencyId);
  // An agency whose policy has no trainings, or only approved ones, gets what it has decided.
  if (incidentId === undefined || policy.pack.purposes.training?.approvedBy.length !== 0) return;
  const terms = grantTerms(policy, 'training', { isTraining: true });
  const cameraIds = cameras.map((camera) => camera.id);
  for (const user of users.filter(
    (row) => rolePermissions[row.role].includes('camera.view') && row.disabledAt === null,
  )) {
    const now = new Date();
    const times = grantTimes(terms, now);
    const known = await findUnendedGrant(db, { agencyId, userId: user.id, incidentId });
    const isRunning = known !== null && known.endsAt > now && known.latestEndsAt.getTime() - now.getTime() > dayMs;
    const id = isRunning ? known.id : newId();
    await audit.record({
      type: isRunning ? 'grant.extended' : 'grant.created',
      outcome: 'done',
      actor: { kind: 'system', agencyId },
      target: { kind: 'incident', id: incidentId },
      grantId: id,
      details: { userId: user.id, purpose: 'training', cameraIds },
    });
    await db.transaction(async (tx) => {
      if (isRunning) {
        const endsAt = times.endsAt < known.latestEndsAt ? times.endsAt : known.latestEndsAt;
        await extendGrant(tx, known, endsAt, now);
      } else {
        if (known !== null) await endGrant(tx, known, { at: now, reason: 'expired' });
        const row = { id, agencyId, userId: user.id, incidentId, purpose: 'training' as const };
        await insertGrant(tx, { ...row, ...times, policyHash: terms.policyHash });
      }
      await addGrantCameras(tx, { agencyId, id }, cameraIds, now);
    });
  }
}

async function makeIncident(
  db: Db,
  agencyId: string,
  plan: (typeof trainingIncidents)[number],
  cameras: readonly SeededCamera[],
): Promise<string> {
  const id = newId();
  await db.transaction(async (tx) => {
    await insertIncident(tx, {
      id,
      agencyId,
      title: plan.title,
      priority: plan.priority,
      ...plan.position,
      isTraining: true,
      openedAt: new Date(),
    });
    await replaceIncidentCameras(tx, { agencyId, id }, idsOf(cameras, plan.cameras));
    await addLine(tx, agencyId, id, 'Training incident opened.');
  });
  return id;
}

async function reopen(db: Db, agencyId: string, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    await updateIncident(tx, agencyId, id, { closedAt: null, disposition: null });
    await addLine(tx, agencyId, id, 'Training incident opened again.');
  });
}

async function addLine(tx: Db, agencyId: string, incidentId: string, text: string): Promise<void> {
  const entry = { id: newId(), agencyId, incidentId, at: new Date(), kind: 'system' as const, authorId: null, text };
  await insertEntry(tx, entry, null);
}

function idsOf(cameras: readonly SeededCamera[], numbers: readonly number[]): string[] {
  return numbers.flatMap((number) => cameras.find((camera) => camera.number === number)?.id ?? []);
}
