import { eq } from 'drizzle-orm';
import type { UserActor } from '../../access/Actor.ts';
import type { Db } from '../../db/Database.ts';
import { grants, incidents, viewings } from '../../db/schema.ts';
import { newId } from '../../ids.ts';
import type { TestCamera } from '../../testing/seed.ts';
import { seedTestIncident } from '../../testing/seed.ts';

/** An incident with a title that explains what is looked at, or none. */
export async function seedTitledIncident(db: Db, agencyId: string, title: string): Promise<string> {
  const id = await seedTestIncident(db, { agencyId });
  await db.update(incidents).set({ title }).where(eq(incidents.id, id));
  return id;
}

/** A viewing's record, as if it had run; ended at `endedAt` when that is not null. */
export async function seedViewing(
  db: Db,
  viewing: { user: UserActor; camera: TestCamera; incidentId: string; startedAt: Date; endedAt: Date | null },
): Promise<string> {
  const { user, camera, incidentId, startedAt, endedAt } = viewing;
  const id = newId();
  const grantId = newId();
  const endsAt = new Date(startedAt.getTime() + 1_800_000);
  const common = { agencyId: user.agencyId, userId: user.userId, incidentId, purpose: 'violentCrime' as const };
  await db.insert(grants).values({
    ...common,
    id: grantId,
    policyHash: 'a'.repeat(64),
    startsAt: startedAt,
    endsAt,
    latestEndsAt: endsAt,
    endedAt: startedAt,
    endReason: 'endedByUser',
  });
  await db.insert(viewings).values({
    ...common,
    id,
    sessionId: user.sessionId,
    peerId: newId(),
    cameraId: camera.id,
    streamId: camera.streams.sub,
    stream: 'sub',
    grantId,
    startedAt,
    endedAt,
    endReason: endedAt === null ? null : 'closedByUser',
    bytes: endedAt === null ? null : 1_000,
    packets: endedAt === null ? null : 10,
  });
  return id;
}
