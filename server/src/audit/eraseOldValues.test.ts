import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { auditEvents } from '../db/schema.ts';
import { describeStorages } from '../db/testing/describeStorages.ts';
import { seedTestUser } from '../testing/seed.ts';
import { Audit } from './Audit.ts';
import { eraseOldValues } from './eraseOldValues.ts';

const dayMs = 24 * 60 * 60_000;

describeStorages('values of persons', (storage) => {
  test('are erased when the agency’s own pack keeps them no longer, and not before', async () => {
    const { db, agencyId, otherAgencyId } = storage;
    const audit = new Audit(db);
    const daysOf = new Map([
      [agencyId, 30],
      [otherAgencyId, 60],
    ]);
    const packOf = (id: string) => Promise.resolve({ retention: { personalValueDays: daysOf.get(id) ?? 3_660 } });
    for (const id of [agencyId, otherAgencyId]) {
      const actor = await seedTestUser(db, { agencyId: id, role: 'analyst' });
      await audit.record({ type: 'camera.listed', outcome: 'done', actor });
    }
    const namesOf = async (id: string) => {
      const rows = await db.select().from(auditEvents).where(eq(auditEvents.agencyId, id));
      return rows.filter((row) => row.type === 'camera.listed').map((row) => [row.actorName, row.sourceAddress]);
    };
    const known = [['The analyst', '127.0.0.1']];

    const { now } = Date;
    await eraseOldValues({ db, audit, packOf }, new Date(now() + 29 * dayMs));
    expect([await namesOf(agencyId), await namesOf(otherAgencyId)]).toEqual([known, known]);
    await eraseOldValues({ db, audit, packOf }, new Date(now() + 31 * dayMs));
    expect([await namesOf(agencyId), await namesOf(otherAgencyId)]).toEqual([[[null, null]], known]);
    const lines = await db.select().from(auditEvents).where(eq(auditEvents.type, 'audit.valuesErased'));
    expect(lines.filter((line) => line.agencyId === agencyId)).toHaveLength(1);
  });
});
