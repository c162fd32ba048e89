import type { Grant } from '@commonsight/types/grant';
import type { Purpose } from '@commonsight/types/purpose';
import type { Access } from '../access/Access.ts';
import type { Actor, UserActor } from '../access/Actor.ts';
import { findCameras } from '../cameras/cameraRepository.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { type IncidentRow, findIncident, lockIncident } from '../incidents/incidentRepository.ts';
import type { Notices } from '../notices.ts';
import {
  type GrantRow,
  addGrantCameras,
  endGrant,
  expireGrant,
  extendGrant,
  findGrant,
  findUnendedGrant,
  insertGrant,
  listRunningGrants,
  toWireGrant,
} from './grantRepository.ts';

const grantMs = 30 * 60 * 1000;
const trainingGrantMs = 30 * 24 * 60 * 60 * 1000;

/** How long a grant for the incident runs from now. */
export function grantDurationMs(incident: Pick<IncidentRow, 'isTraining'>): number {
  return incident.isTraining ? trainingGrantMs : grantMs;
}

/** A running grant together with the incident that it is for. */
export interface RunningGrant {
  grant: Grant;
  incident: { id: string; number: number; title: string };
}

/** Permissions of users to look at cameras, for a purpose and an open incident, for a time. */
export class Grants {
  readonly #db: Db;
  readonly #access: Access;
  readonly #notices: Notices;

  constructor(parts: { db: Db; access: Access; notices: Notices }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#notices = parts.notices;
  }

  /** The caller's own running grants. */
  async list(actor: Actor): Promise<Grant[]> {
    const { user } = await this.#access.requireAccess(actor, 'grant.request', {
      auditType: 'grant.created',
      record: 'refusals',
    });
    return (await listRunningGrants(this.#db, user, new Date())).map(toWireGrant);
  }

  /**
   * Asks for a grant, or adds cameras to the one that runs for the incident. A running one keeps its purpose: another
   * purpose is answered with `conflict`, none with the running one's.
   */
  async request(
    actor: Actor,
    wish: { incidentId: string; purpose: Purpose | null; cameraIds: readonly string[] },
  ): Promise<Grant> {
    const cameraIds = [...new Set(wish.cameraIds)];
    const grantId = newId();
    const { user } = await this.#access.requireAccess(actor, 'grant.request', {
      auditType: 'grant.created',
      target: {
        kind: 'incident',
        id: wish.incidentId,
        find: (agencyId) => findIncident(this.#db, agencyId, wish.incidentId),
      },
      check: async ({ agencyId, userId }, incident) => {
        assertOpen(incident);
        await this.#assertShared(agencyId, cameraIds);
        const running = await findUnendedGrant(this.#db, { agencyId, userId, incidentId: incident.id });
        return { running: isRunning(running, new Date()) ? running : null, purpose: choosePurpose(wish, running) };
      },
      describe: ({ running, purpose }) => ({
        grantId: running?.id ?? grantId,
        details: { purpose, cameraIds, isAddition: running !== null },
      }),
    });
    const grant = await this.#db.transaction((tx) => grantWithin(tx, user, { ...wish, cameraIds, grantId }));
    void this.#notices.tell('grantChanged', { agencyId: user.agencyId, grant });
    return grant;
  }

  /** Moves the own running grant's end to the full duration from now. */
  async extend(actor: Actor, id: string): Promise<Grant> {
    const {
      user,
      found,
      checked: incident,
    } = await this.#access.requireAccess(actor, 'grant.request', {
      auditType: 'grant.extended',
      target: this.#ownTarget(actor, id),
      check: async ({ agencyId }, grant) => {
        if (!isRunning(grant, new Date())) throw new CodedError('grantNeeded');
        const row = await findIncident(this.#db, agencyId, grant.incidentId);
        if (row === null) throw new CodedError('notFound');
        assertOpen(row);
        return row;
      },
      describe: () => ({ grantId: id }),
    });
    const now = new Date();
    const endsAt = new Date(Math.max(found.endsAt.getTime(), now.getTime() + grantDurationMs(incident)));
    const isExtended = await extendGrant(this.#db, { agencyId: user.agencyId, id }, endsAt, now);
    if (!isExtended) throw new CodedError('grantNeeded');
    const grant = toWireGrant({ ...found, endsAt });
    void this.#notices.tell('grantChanged', { agencyId: user.agencyId, grant });
    return grant;
  }

  /** Ends the own grant, and with it its viewings. */
  async end(actor: Actor, id: string): Promise<Grant> {
    const { user, found } = await this.#access.requireAccess(actor, 'grant.request', {
      auditType: 'grant.ended',
      target: this.#ownTarget(actor, id),
      describe: () => ({ grantId: id, details: { reason: 'endedByUser' } }),
    });
    const owner = { agencyId: user.agencyId, id };
    const grant = await endGrant(this.#db, owner, { at: new Date(), reason: 'endedByUser' });
    // Ending twice is no error: what the user wants is so.
    if (grant === null) return toWireGrant(found);
    void this.#notices.tell('grantEnded', { agencyId: user.agencyId, grant, reason: 'endedByUser' });
    return grant;
  }

  /**
   * The user's running grant for the camera under the incident (CON1). Throws `notFound` for an unknown incident,
   * `incidentClosed` for a closed one, `grantNeeded` otherwise. The caller writes the audit event: pass this as the
   * `check` of `requireAccess`.
   */
  async requireGrant(user: UserActor, cameraId: string, incidentId: string): Promise<RunningGrant> {
    const incident = await findIncident(this.#db, user.agencyId, incidentId);
    if (incident === null) throw new CodedError('notFound');
    assertOpen(incident);
    const grant = await findUnendedGrant(this.#db, { ...user, incidentId });
    if (!isRunning(grant, new Date()) || !grant.cameraIds.includes(cameraId)) throw new CodedError('grantNeeded');
    return {
      grant: toWireGrant(grant),
      incident: { id: incident.id, number: incident.number, title: incident.title },
    };
  }

  /** A grant of another user is not found, like one of another agency. */
  #ownTarget(actor: Actor, id: string) {
    return {
      kind: 'grant' as const,
      id,
      find: async (agencyId: string) => {
        const grant = await findGrant(this.#db, agencyId, id);
        return actor.kind === 'user' && grant?.userId === actor.userId ? grant : null;
      },
    };
  }

  async #assertShared(agencyId: string, cameraIds: readonly string[]): Promise<void> {
    const rows = await findCameras(this.#db, agencyId, cameraIds);
    if (rows.length !== cameraIds.length) throw new CodedError('notFound');
    if (rows.some((row) => row.sharingMode !== 'always')) throw new CodedError('notShared');
  }
}

/** Makes or widens the grant while the incident is locked: closing it waits, or has already refused this. */
async function grantWithin(
  tx: Db,
  user: UserActor,
  wish: { incidentId: string; purpose: Purpose | null; cameraIds: readonly string[]; grantId: string },
): Promise<Grant> {
  const incident = await lockIncident(tx, user.agencyId, wish.incidentId);
  if (incident === null) throw new CodedError('notFound');
  assertOpen(incident);
  const now = new Date();
  const unended = await findUnendedGrant(tx, { ...user, incidentId: incident.id });
  const purpose = choosePurpose(wish, unended);
  const running = isRunning(unended, now) ? unended : null;
  // Past its end and not marked yet: only one may be unended, so that the clock's work is done here.
  if (unended !== null && running === null) await expireGrant(tx, unended, now);

  const id = running?.id ?? wish.grantId;
  if (running === null) {
    await insertGrant(tx, {
      id,
      agencyId: user.agencyId,
      userId: user.userId,
      incidentId: incident.id,
      purpose,
      startsAt: now,
      endsAt: new Date(now.getTime() + grantDurationMs(incident)),
    });
  }
  await addGrantCameras(tx, { agencyId: user.agencyId, id }, wish.cameraIds, now);
  const grant = await findGrant(tx, user.agencyId, id);
  if (grant === null) throw new Error('The grant is gone within its own transaction.');
  return toWireGrant(grant);
}

function choosePurpose(wish: { purpose: Purpose | null }, unended: GrantRow | null): Purpose {
  const running = isRunning(unended, new Date()) ? unended : null;
  if (running === null) {
    if (wish.purpose === null) throw new CodedError('grantNeeded', 'Say for which purpose.');
    return wish.purpose;
  }
  if (wish.purpose !== null && wish.purpose !== running.purpose) {
    throw new CodedError('conflict', 'You have a grant for this incident with another purpose. End it first.');
  }
  return running.purpose;
}

function isRunning(grant: GrantRow | null, now: Date): grant is GrantRow {
  return grant !== null && grant.endedAt === null && grant.startsAt <= now && grant.endsAt > now;
}

function assertOpen(incident: IncidentRow): void {
  if (incident.closedAt !== null) throw new CodedError('incidentClosed');
}
