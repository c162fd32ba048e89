import { eq, inArray } from 'drizzle-orm';
import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { auditEvents, viewings as viewingTable } from '../db/schema.ts';
import { describeStorages } from '../db/testing/describeStorages.ts';
import { addGrantCameras, insertGrant } from '../grants/grantRepository.ts';
import { newId } from '../ids.ts';
import { seedTestCamera, seedTestIncident, seedTestSite, seedTestUser } from '../testing/seed.ts';
import type { LiveViewing } from './LiveViewing.ts';
import { ViewingEnder, type ViewingEnderParts } from './ViewingEnder.ts';
import { ViewingRegistry } from './ViewingRegistry.ts';
import { ViewingRepository } from './ViewingRepository.ts';

describeStorages('the ends of viewings', (storage) => {
  let db: Db;
  let viewing: LiveViewing;
  let repository: ViewingRepository;

  beforeEach(async () => {
    ({ db } = storage);
    const { agencyId } = storage;
    repository = new ViewingRepository(db);
    const siteId = await seedTestSite(db, agencyId);
    const camera = await seedTestCamera(db, { agencyId, siteId });
    const incidentId = await seedTestIncident(db, { agencyId });
    const { userId, name, role } = await seedTestUser(db, { agencyId, role: 'analyst' });
    const grant = { id: newId(), agencyId, userId, incidentId, purpose: 'publicEvent' as const };
    const policyHash = '0'.repeat(64);
    const [startsAt, endsAt] = [new Date(0), new Date(Date.now() + 60_000)];
    await insertGrant(db, { ...grant, startsAt, endsAt, latestEndsAt: endsAt, policyHash });
    await addGrantCameras(db, { agencyId, id: grant.id }, [camera.id], startsAt);
    viewing = {
      id: newId(),
      agencyId,
      user: { id: userId, name, role },
      sessionId: newId(),
      peerId: newId(),
      cameraId: camera.id,
      cameraName: 'Test camera',
      streamId: camera.streams.sub,
      stream: 'sub',
      incident: { id: incidentId, number: 1, title: 'Test incident' },
      purpose: 'publicEvent',
      grantId: grant.id,
      grantStartsAt: startsAt.toISOString(),
      grantEndsAt: endsAt.toISOString(),
      policyHash,
      startedAt: new Date().toISOString(),
      traffic: null,
      state: 'running',
    };
  });

  /** As many viewings of one user, begun. */
  async function begin(count: number): Promise<LiveViewing[]> {
    const begun = Array.from({ length: count }, (): LiveViewing => ({ ...viewing, id: newId() }));
    await repository.insert(begun, db);
    return begun;
  }

  function createEnder(changes: Partial<ViewingEnderParts> = {}): ViewingEnder {
    return new ViewingEnder({
      registry: new ViewingRegistry(),
      repository,
      audit: new Audit(db),
      closings: { closeConsumers: async () => [] },
      notifier: { tell: () => undefined },
      connectionOf: () => null,
      viewersChanged: () => undefined,
      watchersChanged: () => undefined,
      logger: pino({ level: 'silent' }),
      ...changes,
    });
  }

  const linesOf = (ended: readonly LiveViewing[]) =>
    db
      .select()
      .from(auditEvents)
      .where(
        inArray(
          auditEvents.targetId,
          ended.map(({ id }) => id),
        ),
      );

  test('CON7 one that the database refuses delays itself only', async () => {
    const [refused, first, second] = await begin(3);
    if (refused === undefined || first === undefined || second === undefined) throw new Error('None began.');
    const ender = createEnder();
    await ender.end([refused], { reason: 'endedBySupervisor', note: 'a\u0000b' });
    await ender.end([first, second], { reason: 'closedByUser' });
    expect((await linesOf([first, second])).map((line) => line.type)).toEqual(['viewing.ended', 'viewing.ended']);
    expect(await linesOf([refused])).toEqual([]);
    expect((await repository.open()).map(({ id }) => id)).toContain(refused.id);
    await ender.writeEnds();
    expect(await linesOf([first, second])).toHaveLength(2);
  });

  test('CON7 line and record are written together, and once', async () => {
    const ended = await begin(2);
    // The second record cannot be written: then there is no line of the first either.
    const failing = new ViewingRepository(db);
    let isFailing = true;
    failing.end = (one, end, tx) =>
      isFailing && one.id === ended[1]?.id ? Promise.reject(new Error('lost')) : repository.end(one, end, tx);
    const ender = createEnder({ repository: failing });
    await ender.end(ended, { reason: 'mediaLost' });
    expect(await linesOf(ended)).toEqual([]);
    const open = (await repository.open()).map(({ id }) => id);
    expect(ended.every(({ id }) => open.includes(id))).toBe(true);

    // Another server has ended one of them meanwhile, with its line: this one adds none.
    isFailing = false;
    const [first, second] = ended;
    await createEnder().end([{ ...(ended[0] as LiveViewing), state: 'running' }], { reason: 'connectionLost' });
    await ender.writeEnds();
    await ender.writeEnds();
    const lines = await linesOf(ended);
    expect(new Map(lines.map((line) => [line.targetId, line.details['reason']]))).toEqual(
      new Map([
        [first?.id, 'connectionLost'],
        [second?.id, 'mediaLost'],
      ]),
    );
    expect(lines).toHaveLength(2);
  });

  test('CON7 nothing is said of what flowed when nobody knows', async () => {
    const [unknown, known] = await begin(2);
    if (unknown === undefined || known === undefined) throw new Error('None began.');
    const ender = createEnder();
    await ender.end([unknown], { reason: 'mediaLost' });
    const traffic = { viewingId: known.id, packets: 0, bytes: 0, packetsPerSecond: 0 };
    await ender.end([known], { reason: 'closedByUser' }, async () => [traffic]);
    const [without] = await linesOf([unknown]);
    expect(Object.keys(without?.details ?? {})).toEqual(expect.not.arrayContaining(['packets', 'bytes']));
    expect((await linesOf([known]))[0]?.details).toMatchObject({ packets: 0, bytes: 0 });
    const records = await db.select().from(viewingTable).where(eq(viewingTable.id, unknown.id));
    expect(records).toMatchObject([{ packets: null, bytes: null }]);
  });
});
