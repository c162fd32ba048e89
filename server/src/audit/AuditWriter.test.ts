import { rootOf } from 'commonsight-verify/tree';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { agencies, auditEntries } from '../db/schema.ts';
import { describeStorages } from '../db/testing/describeStorages.ts';
import { newId } from '../ids.ts';
import { Audit } from './Audit.ts';
import { hashReader, readSize, readTree } from './storedTree.ts';

describeStorages('the writer of the audit logs', (storage) => {
  let audit: Audit;

  beforeEach(() => {
    audit = new Audit(storage.db);
  });

  const act = (agencyId: string | null, details: Record<string, unknown> = {}) => ({
    type: 'wall.read' as const,
    outcome: 'done' as const,
    actor: { kind: 'system' as const, agencyId },
    details,
  });

  const indexes = async (logId: string) => {
    const where = eq(auditEntries.logId, logId);
    const rows = await storage.db.select().from(auditEntries).where(where).orderBy(auditEntries.index);
    return rows.map(({ index }) => index);
  };

  test('LOG1 lines of many callers stand in one tree without a gap, each once', async () => {
    const { db, agencyId, otherAgencyId } = storage;
    const calls = Array.from({ length: 700 }, (_, at) => {
      const agency = at % 7 === 0 ? otherAgencyId : agencyId;
      return audit.recordAll([act(agency, { slot: at }), act(agency, { slot: at })]);
    });
    await Promise.all(calls);
    expect(await indexes(agencyId)).toEqual(Array.from({ length: 1200 }, (_, at) => at));
    expect(await indexes(otherAgencyId)).toEqual(Array.from({ length: 200 }, (_, at) => at));
    // The order of the calls is the order in the log.
    const slots = (await audit.list(agencyId, { limit: 2_000 })).map(({ details }) => details['slot']);
    expect(slots).toEqual([...slots].sort((a, b) => Number(b) - Number(a)));
    // What is stored for tiles gives the root that the writer holds.
    const root = await rootOf(1200, hashReader(db, agencyId, 1200));
    expect(audit.writer.heads.get(agencyId)?.root()).toEqual(root);
    expect((await readTree(db, agencyId)).root()).toEqual(root);
  });

  test('LOG1 two servers on one database never fork a log', async () => {
    const { db, agencyId } = storage;
    const other = new Audit(db);
    const both = Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? audit : other).record(act(agencyId)));
    await Promise.all(both);
    await Promise.all([audit.record(act(agencyId)), other.record(act(agencyId))]);
    expect(await indexes(agencyId)).toEqual(Array.from({ length: 62 }, (_, at) => at));
    expect((await readTree(db, agencyId)).size).toBe(62);
  });

  test('LOG2 records are written in the commit of their lines, or neither is', async () => {
    const { db, agencyId } = storage;
    const name = `Beside ${newId()}`;
    const beside = (id: string) =>
      audit.recordAll([act(agencyId)], { with: async (tx) => void (await tx.insert(agencies).values({ id, name })) });
    const others = [audit.record(act(agencyId)), audit.record(act(agencyId))];
    await beside(newId());
    // The name is taken: its own lines are not there, those of others are.
    const failing = beside(newId());
    others.push(audit.record(act(agencyId)));
    await expect(failing).rejects.toThrow('agencies');
    await Promise.all(others);
    expect(await readSize(db, agencyId)).toBe(4);
    expect(await db.select().from(agencies).where(eq(agencies.name, name))).toHaveLength(1);
    expect(audit.writer.isUp).toBe(true);
  });

  test('ACC3 no act is recorded while lines cannot be written, and the writer says so until they can', async () => {
    const { db, agencyId } = storage;
    await audit.record(act(agencyId));
    await db.execute(sql`alter table audit_values rename to audit_values_away`);
    await db.execute(sql`alter table audit_entries rename to audit_entries_away`);
    try {
      await expect(Promise.all([audit.record(act(agencyId)), audit.record(act(agencyId))])).rejects.toThrow(
        'audit_entries',
      );
      expect(audit.writer.isUp).toBe(false);
    } finally {
      await db.execute(sql`alter table audit_entries_away rename to audit_entries`);
      await db.execute(sql`alter table audit_values_away rename to audit_values`);
    }
    await audit.record(act(agencyId));
    expect(audit.writer.isUp).toBe(true);
    expect(await indexes(agencyId)).toEqual([0, 1]);

    audit.writer.refuse('The log cannot be signed.');
    await expect(audit.record(act(agencyId))).rejects.toThrow('The log cannot be signed.');
    audit.writer.accept();
    await audit.record(act(agencyId));
  });

  test('a line is never refused for odd text in it', async () => {
    const { agencyId } = storage;
    const odd = { note: 'a\0b\uD800', 'näme \n': 1, big: 10n, nan: Number.NaN, when: new Date(0), none: undefined };
    await audit.record(act(agencyId, odd));
    const [line] = await audit.list(agencyId, { limit: 1 });
    expect(line?.details).toEqual({
      note: 'a\uFFFDb\uFFFD',
      'n-me--': 1,
      big: '10',
      nan: null,
      when: '1970-01-01T00:00:00.000Z',
    });
  });

  test('LOG3 the leaf names no person; what it hides is beside it and can be searched', async () => {
    const { db, agencyId } = storage;
    const person = {
      kind: 'user' as const,
      userId: newId(),
      name: 'Ada Person',
      agencyId,
      role: 'analyst' as const,
      sessionId: newId(),
      sourceAddress: '192.0.2.77',
    };
    const victim = newId();
    await audit.recordAll([
      { type: 'user.disabled', outcome: 'done', actor: person, target: { kind: 'user', id: victim } },
      { type: 'viewing.ended', outcome: 'refused', actor: person, details: { bytes: 5, note: '50%_ of it' } },
      { type: 'wall.read', outcome: 'done', actor: person, target: { kind: 'wall', id: newId() } },
    ]);
    const leaves = await db
      .select({ leaf: auditEntries.leaf })
      .from(auditEntries)
      .where(eq(auditEntries.logId, agencyId));
    const text = leaves.map(({ leaf }) => leaf).join('\n');
    for (const hidden of [person.userId, 'Ada', person.sourceAddress, victim, '50%'])
      expect(text).not.toContain(hidden);
    expect(text).toContain('"bytes":5');

    const found = async (search: Parameters<Audit['list']>[1] extends infer S ? Omit<S, 'limit'> : never) =>
      (await audit.list(agencyId, { ...search, limit: 10 })).map(({ type }) => type);
    expect(await found({ actorId: person.userId })).toHaveLength(3);
    expect(await found({ targetId: victim })).toEqual(['user.disabled']);
    expect(await found({ type: 'wall.read', outcome: 'done' })).toEqual(['wall.read']);
    expect(await found({ text: '%_ OF' })).toEqual(['viewing.ended']);
    expect(await found({ text: '%%' })).toEqual([]);
    expect(await found({ text: 'ada p' })).toHaveLength(3);
    expect(await found({ from: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
    expect(await found({ to: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect((await audit.list(agencyId, { actorId: person.userId, limit: 1 }))[0]).toMatchObject({
      actorName: 'Ada Person',
      sourceAddress: '192.0.2.77',
      sequence: 3,
    });
  });
});
