import type { Disposition, Incident, Priority, TimelineEntry } from '@commonsight/types/incident';
import type { Position } from '@commonsight/types/position';
import type { Access } from '../access/Access.ts';
import { type Actor, type UserActor, actorAsUser } from '../access/Actor.ts';
import { findCameras } from '../cameras/cameraRepository.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { endGrantsOfIncident } from '../grants/grantRepository.ts';
import { newId } from '../ids.ts';
import type { Notices } from '../notices.ts';
import { type IncidentChange, describeChange } from './describeChange.ts';
import {
  type IncidentRow,
  findIncident,
  insertEntry,
  insertIncident,
  listIncidents,
  listTimeline,
  lockIncident,
  replaceIncidentCameras,
  toWireIncident,
  updateIncident,
} from './incidentRepository.ts';

const dispositionWords: Record<Disposition, string> = {
  resolved: 'resolved',
  unfounded: 'unfounded',
  duplicate: 'a duplicate',
  handedOver: 'handed over',
};

/** What is worked on: made, changed, noted and closed. Closing ends what the incident allowed. */
export class Incidents {
  readonly #db: Db;
  readonly #access: Access;
  readonly #notices: Notices;

  constructor(parts: { db: Db; access: Access; notices: Notices }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#notices = parts.notices;
  }

  async list(actor: Actor, state: 'open' | 'closed'): Promise<Incident[]> {
    const { user } = await this.#access.requireAccess(actor, 'incident.read', { auditType: 'incident.read' });
    return (await listIncidents(this.#db, user.agencyId, state)).map(toWireIncident);
  }

  async get(actor: Actor, id: string): Promise<{ incident: Incident; timeline: TimelineEntry[] }> {
    const { user, found } = await this.#access.requireAccess(actor, 'incident.read', {
      auditType: 'incident.read',
      target: this.#target(id),
    });
    return { incident: toWireIncident(found), timeline: await listTimeline(this.#db, user.agencyId, id) };
  }

  create(actor: Actor, incident: { title: string; priority: Priority; position: Position }): Promise<Incident> {
    return this.createWithin(actor, { ...incident, cameraIds: [] }, async () => undefined);
  }

  /** Makes it with cameras that it has from the beginning, together with what `within` does in the same transaction. */
  async createWithin(
    actor: Actor,
    incident: { title: string; priority: Priority; position: Position; cameraIds: readonly string[] },
    within: (tx: Db, id: string) => Promise<void>,
  ): Promise<Incident> {
    const id = newId();
    const { user } = await this.#access.requireAccess(actor, 'incident.create', {
      auditType: 'incident.created',
      describe: () => ({ details: { incidentId: id, title: incident.title, priority: incident.priority } }),
    });
    return this.#write(user, id, async (tx) => {
      await insertIncident(tx, {
        id,
        agencyId: user.agencyId,
        title: incident.title,
        priority: incident.priority,
        ...incident.position,
        openedAt: new Date(),
      });
      const { agencyId } = user;
      if (incident.cameraIds.length > 0) await replaceIncidentCameras(tx, { agencyId, id }, incident.cameraIds);
      await within(tx, id);
      return ['Incident opened.'];
    });
  }

  async change(actor: Actor, id: string, change: IncidentChange): Promise<Incident> {
    const { user, checked: cameras } = await this.#access.requireAccess(actor, 'incident.edit', {
      auditType: 'incident.changed',
      target: this.#target(id),
      // Those that it has already may stay, also where somebody else has put them.
      cameras: (incident) => ({
        permission: 'camera.list',
        ids: (change.cameraIds ?? []).filter((cameraId) => !incident.cameraIds.includes(cameraId)),
      }),
      check: async ({ agencyId }, incident) => {
        assertOpen(incident);
        const ids = [...new Set(change.cameraIds)];
        const rows = await findCameras(this.#db, agencyId, [...ids, ...incident.cameraIds]);
        if (ids.some((cameraId) => !rows.some((row) => row.id === cameraId))) throw new CodedError('notFound');
        return rows;
      },
      describe: () => ({ details: { ...change } }),
    });
    const cameraIds = change.cameraIds === undefined ? undefined : [...new Set(change.cameraIds)];
    return this.#write(user, id, async (tx) => {
      const before = await lockOpen(tx, user.agencyId, id);
      const lines = describeChange(before, { ...change, cameraIds }, cameras);
      if (cameraIds !== undefined) {
        await replaceIncidentCameras(tx, { agencyId: user.agencyId, id }, cameraIds);
      }
      await updateIncident(tx, user.agencyId, id, {
        ...(change.title === undefined ? {} : { title: change.title }),
        ...(change.priority === undefined ? {} : { priority: change.priority }),
        ...change.position,
      });
      return lines;
    });
  }

  /** Adds cameras behind those that the incident has, for a tile group on a wall. Those it has already stay. */
  async addCameras(actor: Actor, id: string, cameraIds: readonly string[]): Promise<Incident> {
    const { user, checked: cameras } = await this.#access.requireAccess(actor, 'incident.edit', {
      auditType: 'incident.changed',
      target: this.#target(id),
      cameras: () => ({ permission: 'camera.list', ids: cameraIds }),
      check: async ({ agencyId }, incident) => {
        assertOpen(incident);
        const rows = await findCameras(this.#db, agencyId, cameraIds);
        if (cameraIds.some((cameraId) => !rows.some((row) => row.id === cameraId))) throw new CodedError('notFound');
        return rows;
      },
      describe: () => ({ details: { addedCameraIds: cameraIds } }),
    });
    return this.#write(user, id, async (tx) => {
      const before = await lockOpen(tx, user.agencyId, id);
      const all = [...new Set([...before.cameraIds, ...cameraIds])];
      const lines = describeChange(before, { cameraIds: all }, cameras);
      if (lines.length === 0) return [];
      await replaceIncidentCameras(tx, { agencyId: user.agencyId, id }, all);
      await updateIncident(tx, user.agencyId, id, {});
      return lines;
    });
  }

  async note(actor: Actor, id: string, text: string): Promise<TimelineEntry> {
    const { user } = await this.#access.requireAccess(actor, 'incident.edit', {
      auditType: 'incident.noted',
      target: this.#target(id),
      check: async (_user, incident) => assertOpen(incident),
    });
    const entry = await insertEntry(
      this.#db,
      {
        id: newId(),
        agencyId: user.agencyId,
        incidentId: id,
        at: new Date(),
        kind: 'note',
        authorId: user.userId,
        text,
      },
      actorAsUser(user),
    );
    void this.#notices.tell('incidentNoted', { agencyId: user.agencyId, entry });
    return entry;
  }

  /** Closes the incident and ends its grants in one transaction; their viewings end on the notices. */
  async close(actor: Actor, id: string, disposition: Disposition): Promise<Incident> {
    const { user } = await this.#access.requireAccess(actor, 'incident.close', {
      auditType: 'incident.closed',
      target: this.#target(id),
      check: async (_user, incident) => assertOpen(incident),
      describe: () => ({ details: { disposition } }),
    });
    const now = new Date();
    let ended: Awaited<ReturnType<typeof endGrantsOfIncident>> = [];
    const incident = await this.#write(user, id, async (tx) => {
      await lockOpen(tx, user.agencyId, id);
      await updateIncident(tx, user.agencyId, id, { closedAt: now, disposition });
      ended = await endGrantsOfIncident(tx, user.agencyId, id, now);
      return [`Incident closed as ${dispositionWords[disposition]}.`];
    });
    for (const grant of ended) {
      void this.#notices.tell('grantEnded', { agencyId: user.agencyId, grant, reason: 'incidentClosed' });
    }
    return incident;
  }

  #target(id: string) {
    return {
      kind: 'incident' as const,
      id,
      find: (agencyId: string) => findIncident(this.#db, agencyId, id),
    };
  }

  /** Runs a change in a transaction, writes the timeline's lines that it answers, and tells what it made. */
  async #write(user: UserActor, id: string, change: (tx: Db) => Promise<string[]>): Promise<Incident> {
    const author = actorAsUser(user);
    const { incident, entries } = await this.#db.transaction(async (tx) => {
      const lines = await change(tx);
      const at = new Date();
      const written: TimelineEntry[] = [];
      for (const text of lines) {
        const entry = {
          id: newId(),
          agencyId: user.agencyId,
          incidentId: id,
          at,
          kind: 'system' as const,
          authorId: user.userId,
          text,
        };
        written.push(await insertEntry(tx, entry, author));
      }
      const row = await findIncident(tx, user.agencyId, id);
      if (row === null) throw new Error('The incident is gone within its own transaction.');
      return { incident: toWireIncident(row), entries: written };
    });
    void this.#notices.tell('incidentChanged', { agencyId: user.agencyId, incident });
    for (const entry of entries) void this.#notices.tell('incidentNoted', { agencyId: user.agencyId, entry });
    return incident;
  }
}

function assertOpen(incident: IncidentRow): void {
  if (incident.closedAt !== null) throw new CodedError('incidentClosed');
}

/** The incident, locked and open: it can have been closed since the gate let the user through. */
async function lockOpen(tx: Db, agencyId: string, id: string): Promise<IncidentRow> {
  const incident = await lockIncident(tx, agencyId, id);
  if (incident === null) throw new CodedError('notFound');
  assertOpen(incident);
  return incident;
}
