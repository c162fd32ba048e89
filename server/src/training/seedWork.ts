import { and, eq } from 'drizzle-orm';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { incidents as incidentTable, wallScreens, wallTiles, walls } from '../db/schema.ts';
import { addGrantCameras, expireGrant, extendGrant, findUnendedGrant, insertGrant } from '../grants/grantRepository.ts';
import { grantDurationMs } from '../grants/Grants.ts';
import { newId } from '../ids.ts';
import {
  insertEntry,
  insertIncident,
  replaceIncidentCameras,
  updateIncident,
} from '../incidents/incidentRepository.ts';
import type { UserRow } from '../users/userRepository.ts';
import { firstTrainingIncidentNumber, trainingIncidents, trainingWall, wallIncidentIndex } from './plan.ts';
import type { SeededCamera } from './seedPlaces.ts';

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
  parts: { db: Db; audit: Audit },
  agencyId: string,
  users: readonly UserRow[],
  cameras: readonly SeededCamera[],
  incidents: readonly string[],
): Promise<void> {
  const { db, audit } = parts;
  const incidentId = incidents[wallIncidentIndex];
  if (incidentId === undefined) return;
  const cameraIds = cameras.map((camera) => camera.id);
  for (const user of users.filter((row) => row.role !== 'administrator' && row.disabledAt === null)) {
    const now = new Date();
    const endsAt = new Date(now.getTime() + grantDurationMs({ isTraining: true }));
    const known = await findUnendedGrant(db, { agencyId, userId: user.id, incidentId });
    const isRunning = known !== null && known.endsAt > now;
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
        await extendGrant(tx, known, endsAt, now);
      } else {
        if (known !== null) await expireGrant(tx, known, now);
        const row = { id, agencyId, userId: user.id, incidentId, purpose: 'training' as const };
        await insertGrant(tx, { ...row, startsAt: now, endsAt });
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
