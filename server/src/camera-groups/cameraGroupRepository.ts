import type { CameraGroup, CameraGroupRule } from '@commonsight/types/camera-group';
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { cameraGroupCameras, cameraGroupRules, cameraGroups } from '../db/schema.ts';
import { newId } from '../ids.ts';

type GroupRow = typeof cameraGroups.$inferSelect;
export type FoundGroup = GroupRow & { cameraIds: string[]; rules: CameraGroupRule[] };

export async function listGroups(db: Db, agencyId: string): Promise<FoundGroup[]> {
  const rows = await db
    .select()
    .from(cameraGroups)
    .where(eq(cameraGroups.agencyId, agencyId))
    .orderBy(asc(cameraGroups.name), asc(cameraGroups.id));
  return join(db, agencyId, rows);
}

export async function findGroup(db: Db, agencyId: string, id: string): Promise<FoundGroup | null> {
  const rows = await db
    .select()
    .from(cameraGroups)
    .where(and(eq(cameraGroups.agencyId, agencyId), eq(cameraGroups.id, id)))
    .limit(1);
  return (await join(db, agencyId, rows))[0] ?? null;
}

/** Writes a group whole: what it had goes. False when it was to be replaced and is gone. Run it in a transaction. */
export async function writeGroup(
  tx: Db,
  agencyId: string,
  group: CameraGroup,
  { isNew }: { isNew: boolean },
): Promise<boolean> {
  const { id, name, cameraIds, rules } = group;
  if (isNew) {
    await tx.insert(cameraGroups).values({ id, agencyId, name });
  } else {
    const where = and(eq(cameraGroups.agencyId, agencyId), eq(cameraGroups.id, id));
    const rows = await tx.update(cameraGroups).set({ name }).where(where).returning({ id: cameraGroups.id });
    if (rows.length === 0) return false;
    await tx.delete(cameraGroupCameras).where(eq(cameraGroupCameras.groupId, id));
    await tx.delete(cameraGroupRules).where(eq(cameraGroupRules.groupId, id));
  }
  if (cameraIds.length > 0) {
    await tx.insert(cameraGroupCameras).values(cameraIds.map((cameraId) => ({ groupId: id, cameraId, agencyId })));
  }
  if (rules.length > 0) {
    await tx.insert(cameraGroupRules).values(rules.map((rule) => ({ id: newId(), groupId: id, agencyId, ...rule })));
  }
  return true;
}

export async function removeGroup(db: Db, agencyId: string, id: string): Promise<void> {
  await db.delete(cameraGroups).where(and(eq(cameraGroups.agencyId, agencyId), eq(cameraGroups.id, id)));
}

async function join(db: Db, agencyId: string, rows: readonly GroupRow[]): Promise<FoundGroup[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const members = await db
    .select()
    .from(cameraGroupCameras)
    .where(and(eq(cameraGroupCameras.agencyId, agencyId), inArray(cameraGroupCameras.groupId, ids)))
    .orderBy(asc(cameraGroupCameras.cameraId));
  const rules = await db
    .select()
    .from(cameraGroupRules)
    .where(and(eq(cameraGroupRules.agencyId, agencyId), inArray(cameraGroupRules.groupId, ids)))
    .orderBy(asc(cameraGroupRules.id));
  return rows.map((row) => ({
    ...row,
    cameraIds: members.filter((member) => member.groupId === row.id).map((member) => member.cameraId),
    rules: rules
      .filter((rule) => rule.groupId === row.id)
      .map(({ effect, role, userId, permissions }) => ({ effect, role, userId, permissions })),
  }));
}
