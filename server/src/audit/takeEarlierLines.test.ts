import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describeStorages, failureOf } from '../db/testing/describeStorages.ts';
import { newId } from '../ids.ts';
import { Audit } from './Audit.ts';
import { takeEarlierLines } from './takeEarlierLines.ts';

describeStorages('lines from before there was a tree', (storage) => {
  test('stand in the logs in their order, as they were, once', async () => {
    const { db, agencyId } = storage;
    const [user, relay, first] = [newId(), newId(), newId()];
    const insert = (id: string, kind: string, actor: string | null, details: string) =>
      db.execute(sql`insert into audit_events_before
        (id, at, type, outcome, agency_id, actor_id, actor_kind, source_address, target_kind, target_id, details)
        values (${id}, '2026-01-02T03:04:05.678Z', 'wall.changed', 'done', ${agencyId}, ${actor}, ${kind}, '192.0.2.3',
          'user', ${user}, ${details}::jsonb)`);
    await insert(first, 'user', user, '{"note": "x", "slot": 4}');
    await insert(newId(), 'relay', relay, '{}');
    await insert(newId(), 'system', null, '{}');
    const audit = new Audit(db);
    await takeEarlierLines(db, audit.writer);
    await takeEarlierLines(db, audit.writer);
    const lines = await audit.list(agencyId, { limit: 10 });
    expect(lines.map(({ sequence, actorKind, actorId }) => [sequence, actorKind, actorId])).toEqual([
      [3, 'system', null],
      [2, 'relay', relay],
      [1, 'user', user],
    ]);
    expect(lines[2]).toMatchObject({
      id: first,
      at: '2026-01-02T03:04:05.678Z',
      targetId: user,
      actorName: null,
      details: { note: 'x', slot: 4 },
    });
    expect(await failureOf(db.execute(sql`select * from audit_events_before`))).toContain('does not exist');
  });
});
