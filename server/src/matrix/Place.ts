import { Readable } from 'node:stream';
import type { Role } from '@commonsight/types/permission';
import { and, eq, getTableColumns, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { seedTestApplication } from '../applications/testing/seedTestApplication.ts';
import type { Db } from '../db/Database.ts';
import * as schema from '../db/schema.ts';
import type { FootageServices } from '../footage/createFootage.ts';
import { addGrantCameras, insertGrant } from '../grants/grantRepository.ts';
import { newId } from '../ids.ts';
import { policyHash, type PolicyFile } from '../policy/readPolicy.ts';
import { insertCanary } from '../registry/canaryRepository.ts';
import type { RegistryKeys } from '../registry/RegistryKeys.ts';
import { seedTestRegistration } from '../registry/testing/seedTestRegistration.ts';
import { seedTestCamera, seedTestIncident, seedTestSite, seedTestUser, testPosition } from '../testing/seed.ts';

type FootageStore = Pick<FootageServices, 'keys' | 'folder'>;

/** An agency of the matrix, with records made on demand: what an act changes or ends is its own. */
export class Place {
  readonly #db: Db;
  readonly #keys: RegistryKeys;
  readonly #footage: FootageStore;
  readonly agencyId: string;
  readonly siteId: string;
  readonly cameraId: string;
  readonly wallId: string;
  readonly registrationId: string;
  readonly #streamId: string;
  /** Somebody of the agency who is none of those that act. */
  readonly somebodyId: string;

  private constructor(
    db: Db,
    keys: RegistryKeys,
    footage: FootageStore,
    ids: Pick<Place, 'agencyId' | 'siteId' | 'cameraId' | 'wallId' | 'registrationId' | 'somebodyId'> & {
      streamId: string;
    },
  ) {
    this.#db = db;
    this.#keys = keys;
    this.#footage = footage;
    this.agencyId = ids.agencyId;
    this.siteId = ids.siteId;
    this.cameraId = ids.cameraId;
    this.wallId = ids.wallId;
    this.registrationId = ids.registrationId;
    this.somebodyId = ids.somebodyId;
    this.#streamId = ids.streamId;
  }

  static async create(db: Db, agencyId: string, keys: RegistryKeys, footage: FootageStore): Promise<Place> {
    const siteId = await seedTestSite(db, agencyId);
    const camera = await seedTestCamera(db, { agencyId, siteId });
    const { userId: somebodyId } = await seedTestUser(db, { agencyId, role: 'analyst' });
    const wallId = newId();
    await db.insert(schema.walls).values({ id: wallId, agencyId, name: 'Matrix' });
    await db.insert(schema.wallScreens).values({ wallId, number: 1, agencyId, layout: '4' });
    const registrationId = await seedTestRegistration(db, { agencyId, keys });
    return new Place(db, keys, footage, {
      agencyId,
      siteId,
      cameraId: camera.id,
      streamId: camera.streams.sub,
      wallId,
      registrationId,
      somebodyId,
    });
  }

  /** A registration of a contact of its own, which nothing of another case has asked. */
  async registration(): Promise<string> {
    return seedTestRegistration(this.#db, { agencyId: this.agencyId, keys: this.#keys, emailHash: newId() });
  }

  /** One that waits for the agency, or for its applicant to open the mailed link. */
  async application(state: 'unverified' | 'waiting' = 'waiting'): Promise<string> {
    return seedTestApplication(this.#db, { agencyId: this.agencyId, keys: this.#keys, state });
  }

  /** A canary that waits. */
  async canary(): Promise<string> {
    const id = newId();
    await insertCanary(this.#db, { id, agencyId: this.agencyId, madeAt: new Date() });
    return id;
  }

  incident(): Promise<string> {
    return seedTestIncident(this.#db, { agencyId: this.agencyId });
  }

  async user(role: Role = 'analyst'): Promise<string> {
    return (await seedTestUser(this.#db, { agencyId: this.agencyId, role })).userId;
  }

  /** A site that has nothing yet. */
  site(): Promise<string> {
    return seedTestSite(this.#db, this.agencyId);
  }

  async relay(): Promise<string> {
    const id = newId();
    const { agencyId, siteId } = this;
    await this.#db
      .insert(schema.relays)
      .values({ id, agencyId, siteId, name: 'R', publicKey: id, enrolledAt: new Date() });
    return id;
  }

  /** An alert that shares cameras now, as a relay of the site told. */
  async alert(): Promise<string> {
    const id = newId();
    const { agencyId, siteId } = this;
    const now = new Date();
    await this.#db.insert(schema.alerts).values({
      id,
      agencyId,
      siteId,
      relayId: await this.relay(),
      isTest: false,
      trigger: 'owner',
      stage: 'sharing',
      begunAt: now,
      sharedAt: now,
      until: new Date(now.getTime() + 600_000),
      mayExtend: false,
      note: '',
    });
    return id;
  }

  async tile(): Promise<string> {
    const { agencyId, cameraId } = this;
    const [wallId, id] = [newId(), newId()];
    await this.#db.insert(schema.walls).values({ id: wallId, agencyId, name: wallId });
    await this.#db.insert(schema.wallScreens).values({ wallId, number: 1, agencyId, layout: '4' });
    await this.#db.insert(schema.wallTiles).values({ id, wallId, screenNumber: 1, slot: 1, agencyId, cameraId });
    return `${wallId} ${id}`;
  }

  /** A running grant for the agency's camera. */
  async grant(userId = this.somebodyId, { isBreakGlass } = { isBreakGlass: false }): Promise<string> {
    const id = newId();
    const { agencyId } = this;
    const endsAt = new Date(Date.now() + 600_000);
    await insertGrant(this.#db, {
      id,
      agencyId,
      userId,
      incidentId: await this.incident(),
      purpose: 'violentCrime',
      startsAt: new Date(),
      endsAt,
      latestEndsAt: new Date(Date.now() + 6_000_000),
      policyHash: '0'.repeat(64),
      isBreakGlass,
    });
    await addGrantCameras(this.#db, { agencyId, id }, [this.cameraId], new Date());
    return id;
  }

  /** A request that waits, for a purpose that has to be approved. */
  async grantRequest(userId = this.somebodyId): Promise<string> {
    const id = newId();
    const { agencyId, cameraId } = this;
    await this.#db.insert(schema.grantRequests).values({
      id,
      agencyId,
      state: 'requested',
      userId,
      incidentId: await this.incident(),
      purpose: 'missingPerson',
      cameraIds: [cameraId],
      note: id,
      requestedAt: new Date(),
      expiresAt: new Date(Date.now() + 600_000),
    });
    return id;
  }

  /** Forgets what wrong factors in other cases have done to somebody who has to prove one. */
  async release(userId: string): Promise<void> {
    await this.#db.delete(schema.signInTries).where(eq(schema.signInTries.userId, userId));
    await this.#db.update(schema.users).set({ lockedAt: null }).where(eq(schema.users.id, userId));
  }

  /** A use of break-glass without a justification. */
  async breakGlass(userId = this.somebodyId): Promise<string> {
    const { agencyId } = this;
    const grantId = await this.grant(userId, { isBreakGlass: true });
    const startedAt = new Date();
    const dueAt = new Date(Date.now() + 600_000);
    await this.#db.insert(schema.breakGlassUses).values({ grantId, agencyId, startedAt, dueAt });
    return grantId;
  }

  /** The record of a viewing that runs no more. */
  async viewing(): Promise<string> {
    const id = newId();
    const grantId = await this.grant();
    const [grant] = await this.#db.select().from(schema.grants).where(eq(schema.grants.id, grantId));
    await this.#db.insert(schema.viewings).values({
      id,
      agencyId: this.agencyId,
      userId: this.somebodyId,
      sessionId: newId(),
      cameraId: this.cameraId,
      streamId: this.#streamId,
      stream: 'sub',
      incidentId: grant?.incidentId ?? '',
      grantId,
      purpose: 'violentCrime',
      startedAt: new Date(),
      endedAt: new Date(),
    });
    return id;
  }

  async cameraGroup(): Promise<string> {
    const id = newId();
    await this.#db.insert(schema.cameraGroups).values({ id, agencyId: this.agencyId, name: id });
    return id;
  }

  /** A session of a user of its own. */
  async session(): Promise<string> {
    const id = newId();
    const expiresAt = new Date(Date.now() + 600_000);
    await this.#db.insert(schema.sessions).values({ id, userId: await this.user(), token: id, expiresAt });
    return id;
  }

  async message(userId = this.somebodyId): Promise<string> {
    const id = newId();
    const { agencyId, somebodyId } = this;
    await this.#db
      .insert(schema.messages)
      .values({ id, agencyId, userId, text: 'Call me', sentBy: somebodyId, sentAt: new Date() });
    return id;
  }

  /** The one proposal that waits, by somebody who does not act. */
  async proposal(active: PolicyFile): Promise<string> {
    const id = newId();
    const { agencyId } = this;
    const text = `${active.text}\n# ${id}\n`;
    const waiting = and(eq(schema.policyProposals.agencyId, agencyId), eq(schema.policyProposals.state, 'proposed'));
    await this.#db.delete(schema.policyProposals).where(waiting);
    await this.#db.insert(schema.policyProposals).values({
      id,
      agencyId,
      state: 'proposed',
      hash: policyHash(text),
      text,
      baseHash: active.hash,
      proposedBy: this.somebodyId,
      proposedAt: new Date(),
      expiresAt: new Date(Date.now() + 600_000),
    });
    return id;
  }

  async ledgerLink(): Promise<string> {
    const id = newId();
    const { agencyId, siteId, somebodyId } = this;
    await this.#db
      .insert(schema.ledgerLinks)
      .values({ id, agencyId, siteId, secretHash: id, createdBy: somebodyId, createdAt: new Date() });
    return id;
  }

  /** A request that the user has sent, with a file that was received. */
  async footage(userId: string): Promise<{ requestId: string; fileId: string }> {
    const { agencyId } = this;
    const [requestId, caseId, recipientId, fileId] = [newId(), newId(), newId(), newId()];
    const now = new Date();
    const deadline = new Date(Date.now() + 86_400_000);
    const of = { id: caseId, wrappedKey: this.#footage.keys.makeWrappedKey(caseId) };
    await this.#db.insert(schema.footageCases).values({ ...of, agencyId, caseNumber: caseId, createdAt: now });
    await this.#db.insert(schema.footageRequests).values({
      id: requestId,
      agencyId,
      caseId,
      // The matrix asks in the name of people of the other agency too.
      createdBy: userId,
      createdAt: now,
      windowFrom: now,
      windowTo: now,
      shape: { kind: 'point', point: testPosition, radiusMetres: 10 },
      place: requestId,
      deadline,
      timeZone: 'America/Chicago',
      text: 'A van',
    });
    await this.#db.insert(schema.footageRecipients).values({
      id: recipientId,
      agencyId,
      requestId,
      language: 'en',
      state: 'received',
      createdAt: now,
      deadline,
    });
    await this.#footage.folder.make(caseId, fileId);
    const file = this.#footage.folder.open(of, fileId);
    const { extent: begun } = await file.append(
      { offsetBytes: 0, storedBytes: 0, segments: 0 },
      Readable.from([Buffer.from('x')]),
    );
    const extent = await file.seal(begun);
    await this.#db.insert(schema.footageFiles).values({
      id: fileId,
      agencyId,
      recipientId,
      caseId,
      name: this.#footage.keys.sealName(of, fileId, 'door.mp4'),
      // Hardly anything in it: what is tried is who gets it.
      sizeBytes: extent.offsetBytes,
      sha256: '0'.repeat(64),
      ...extent,
      createdAt: now,
      changedAt: now,
      receivedAt: now,
    });
    return { requestId, fileId };
  }

  async emailOfSomebody(): Promise<string> {
    const [row] = await this.#db.select().from(schema.users).where(eq(schema.users.id, this.somebodyId));
    return row?.email ?? '';
  }

  async finding(): Promise<string> {
    const id = newId();
    const { agencyId, somebodyId } = this;
    await this.#db
      .insert(schema.findings)
      .values({ id, agencyId, state: 'open', sequences: [1], note: id, createdBy: somebodyId, createdAt: new Date() });
    return id;
  }

  /** The id of every record that the agency has, whatever its kind is. */
  async allIds(): Promise<Set<string>> {
    const ids = new Set([this.agencyId]);
    for (const table of Object.values(schema)) {
      if (!is(table, PgTable)) continue;
      const columns = getTableColumns(table) as Record<string, Parameters<typeof eq>[0] | undefined>;
      const { agencyId, id } = columns;
      if (agencyId === undefined || id === undefined) continue;
      const rows = await this.#db.select().from(table).where(eq(agencyId, this.agencyId));
      for (const row of rows as { id?: unknown }[]) if (typeof row.id === 'string') ids.add(row.id);
    }
    return ids;
  }
}
