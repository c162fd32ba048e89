import type { Layout } from '@commonsight/types/layout';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { Screen, Wall, WallSummary } from '@commonsight/types/wall';
import type { Permission } from '@commonsight/types/permission';
import type { Access } from '../access/Access.ts';
import { type Actor, actorAsUser, type UserActor } from '../access/Actor.ts';
import type { Act } from '../audit/Audit.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import type { Notifier } from '../signaling/Notifier.ts';
import { topics } from '../signaling/topics.ts';
import type { LiveWalls } from './LiveWalls.ts';
import { planAssign, planClear, planDock, planLayout, planMove, planScreen } from './planWall.ts';
import type { UndoStore } from './UndoStore.ts';
import { applyPatch, isEmptyPatch, touchedScreens, undoPatch, type WallPatch } from './WallPatch.ts';
import type { WallRecord, WallRepository } from './WallRepository.ts';

export type WallAct = NotificationOf<'wall:changed'>['act'];

/** How often a change is planned again when another server has changed the record in between. */
const maximumAttempts = 3;

/** Changes of one wall that wait for each other, and how long each waits before its browser gives up. */
const maximumQueued = 50;
const maximumWaitMs = 8_000;

/** What walls need to know of cameras and incidents. */
export interface WallNeighbours {
  /** Throws `notFound` unless every camera is the agency's. */
  assertCameras(agencyId: string, cameraIds: readonly string[]): Promise<void>;
  /** Throws `notFound` or `incidentClosed`. */
  assertOpenIncident(agencyId: string, incidentId: string): Promise<void>;
  /** Adds cameras to an incident, with its own line. */
  addIncidentCameras(actor: Actor, incidentId: string, cameraIds: readonly string[]): Promise<unknown>;
}

export interface WallsParts {
  access: Pick<Access, 'requireAccess'>;
  audit: { record(act: Act): Promise<void> };
  repository: WallRepository;
  live: LiveWalls;
  undo: UndoStore;
  neighbours: WallNeighbours;
  notifier: Pick<Notifier, 'tell'>;
}

/** What one operation wants to do with the wall as it stands. */
interface Operation {
  permission: Permission;
  act: WallAct;
  /** The cameras that it puts on the wall. */
  cameraIds?: readonly string[];
  /** Checks what the operation names besides the wall. */
  check?: (user: UserActor) => Promise<void>;
  plan: (screens: readonly Screen[]) => WallPatch;
  details: Record<string, unknown>;
  /** Done after the plan holds and before the wall changes. */
  before?: () => Promise<unknown>;
}

/** Walls that several people change at once: each change is one line, one revision and one notification (WAL1). */
export class Walls {
  readonly #parts: WallsParts;
  readonly #queue = new KeyedQueue({ maximumLength: maximumQueued, maximumWaitMs });

  constructor(parts: WallsParts) {
    this.#parts = parts;
  }

  async list(actor: Actor): Promise<WallSummary[]> {
    const { user } = await this.#parts.access.requireAccess(actor, 'wall.read', { auditType: 'wall.read' });
    return this.#parts.repository.list(user.agencyId);
  }

  /**
   * The wall, for somebody who follows it from now on; nobody reads one in another way (WAL7). `onAdmitted` joins the
   * topic and the presence after the gate and before the wall is read, so that a change in between is told twice and not
   * lost, and those on the wall know of the reader before there is an answer.
   */
  async follow(actor: Actor, wallId: string, onAdmitted: () => Promise<void>): Promise<Wall> {
    const { user, found } = await this.#parts.access.requireAccess(actor, 'wall.read', {
      auditType: 'wall.read',
      target: { kind: 'wall', id: wallId, find: (agencyId) => this.#read(agencyId, wallId) },
    });
    await onAdmitted();
    return toWire((await this.#read(user.agencyId, wallId)) ?? found);
  }

  async create(actor: Actor, wall: { name: string; layout: Layout; incidentId: string | null }): Promise<Wall> {
    const id = newId();
    const { user } = await this.#parts.access.requireAccess(actor, 'wall.edit', {
      auditType: 'wall.created',
      check: async ({ agencyId }) => {
        if (wall.incidentId !== null) await this.#parts.neighbours.assertOpenIncident(agencyId, wall.incidentId);
      },
      describe: () => ({ details: { wallId: id, ...wall } }),
    });
    await this.#parts.repository.insert({ id, agencyId: user.agencyId, ...wall });
    const { name, layout, incidentId } = wall;
    return { id, name, incidentId, revision: 0, screens: [{ number: 1, layout, tiles: [] }] };
  }

  assignTile(
    actor: Actor,
    assign: { wallId: string; screen: number; slot: number; cameraId: string; incidentId: string | null },
  ): Promise<{ revision: number }> {
    const { wallId, ...place } = assign;
    return this.#change(actor, wallId, {
      permission: 'wall.edit',
      act: 'tileAssigned',
      cameraIds: [assign.cameraId],
      check: async ({ agencyId }) => {
        await this.#parts.neighbours.assertCameras(agencyId, [assign.cameraId]);
        if (assign.incidentId !== null) await this.#parts.neighbours.assertOpenIncident(agencyId, assign.incidentId);
      },
      plan: (screens) => planAssign(screens, { ...place, tileId: newId() }),
      details: place,
    });
  }

  moveTile(
    actor: Actor,
    { wallId, ...move }: { wallId: string; tileId: string; toScreen: number; toSlot: number },
  ): Promise<{ revision: number }> {
    const plan = (screens: readonly Screen[]) => planMove(screens, move);
    return this.#change(actor, wallId, { permission: 'wall.edit', act: 'tileMoved', plan, details: move });
  }

  clearTile(actor: Actor, { wallId, ...clear }: { wallId: string; tileId: string }): Promise<{ revision: number }> {
    const plan = (screens: readonly Screen[]) => planClear(screens, clear);
    return this.#change(actor, wallId, { permission: 'wall.edit', act: 'tileCleared', plan, details: clear });
  }

  setLayout(
    actor: Actor,
    { wallId, ...set }: { wallId: string; screen: number; layout: Layout },
  ): Promise<{ revision: number }> {
    const plan = (screens: readonly Screen[]) => planLayout(screens, set);
    return this.#change(actor, wallId, { permission: 'wall.edit', act: 'layoutSet', plan, details: set });
  }

  async addScreen(
    actor: Actor,
    { wallId, layout }: { wallId: string; layout: Layout },
  ): Promise<{ revision: number; screen: number }> {
    let screen = 0;
    const { revision } = await this.#change(actor, wallId, {
      permission: 'wall.edit',
      act: 'screenAdded',
      plan: (screens) => {
        const planned = planScreen(screens, { layout });
        ({ screen } = planned);
        return planned.patch;
      },
      details: { layout },
    });
    return { revision, screen };
  }

  /** The cameras stay with the incident when the docking is taken back: they were added to its record, not to a tile. */
  dockCameras(
    actor: Actor,
    { wallId, ...dock }: { wallId: string; screen: number; incidentId: string; cameraIds: readonly string[] },
  ): Promise<{ revision: number }> {
    return this.#change(actor, wallId, {
      permission: 'incident.edit',
      act: 'camerasDocked',
      cameraIds: dock.cameraIds,
      check: async ({ agencyId }) => {
        await this.#parts.neighbours.assertOpenIncident(agencyId, dock.incidentId);
        await this.#parts.neighbours.assertCameras(agencyId, [...new Set(dock.cameraIds)]);
      },
      plan: (screens) => planDock(screens, { ...dock, newTileId: newId }),
      details: dock,
      before: () => this.#parts.neighbours.addIncidentCameras(actor, dock.incidentId, [...new Set(dock.cameraIds)]),
    });
  }

  /** WAL5: what does not stand any more is skipped and forgotten. */
  undo(actor: Actor, wallId: string): Promise<{ revision: number; undone: WallAct }> {
    return this.#queue.run(wallId, async () => {
      const { user, found: wall } = await this.#admit(actor, wallId, 'wall.edit');
      const entries = await this.#parts.undo.read(wallId, user.userId);
      for (const [index, entry] of entries.entries()) {
        const patch = undoPatch(wall.screens, entry.patch);
        if (patch === null) continue;
        const changed = await this.#make(user, wall, patch, 'undone', { undone: entry.act });
        if (changed === null) throw new CodedError('conflict');
        await this.#parts.undo.write(wallId, user.userId, entries.slice(index + 1));
        return { revision: changed.revision, undone: entry.act };
      }
      if (entries.length > 0) await this.#parts.undo.write(wallId, user.userId, []);
      throw new CodedError('conflict', 'There is nothing of yours to take back on this wall.');
    });
  }

  #change(actor: Actor, wallId: string, operation: Operation): Promise<{ revision: number }> {
    return this.#queue.run(wallId, async () => {
      let isPrepared = false;
      for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
        let patch: WallPatch = { tiles: [], layouts: [] };
        const { user, found: wall } = await this.#admit(
          actor,
          wallId,
          operation.permission,
          operation.cameraIds ?? [],
          async (admitted, record) => {
            await operation.check?.(admitted);
            patch = operation.plan(record.screens);
          },
        );
        if (!isPrepared) await operation.before?.();
        isPrepared = true;
        if (isEmptyPatch(patch)) return { revision: wall.revision };
        const changed = await this.#make(user, wall, patch, operation.act, operation.details);
        if (changed === null) continue;
        const { act } = operation;
        await this.#parts.undo.push(wallId, user.userId, { act, patch });
        return { revision: changed.revision };
      }
      throw new CodedError('conflict', 'The wall is being changed by many at once. Try again.');
    });
  }

  /** The gate; only refusals are written here, because a change that changes nothing is no act. */
  #admit(
    actor: Actor,
    wallId: string,
    permission: Permission,
    cameraIds: readonly string[] = [],
    check: (user: UserActor, wall: WallRecord) => Promise<void> = async () => undefined,
  ) {
    return this.#parts.access.requireAccess(actor, permission, {
      auditType: 'wall.changed',
      target: { kind: 'wall', id: wallId, find: (agencyId) => this.#parts.repository.find(agencyId, wallId) },
      cameras: () => ({ permission: 'camera.list', ids: cameraIds }),
      check,
      record: 'refusals',
    });
  }

  /** The line, the record, the live copy, the notification. Null when the record was changed in between. */
  async #make(
    user: UserActor,
    wall: WallRecord,
    patch: WallPatch,
    act: WallAct,
    details: Record<string, unknown>,
  ): Promise<WallRecord | null> {
    const target = { kind: 'wall' as const, id: wall.id };
    await this.#parts.audit.record({
      type: 'wall.changed',
      outcome: 'done',
      actor: user,
      target,
      details: { act, ...details },
    });
    if (!(await this.#parts.repository.apply(wall, patch))) return null;
    const changed = { ...wall, revision: wall.revision + 1, screens: applyPatch(wall.screens, patch) };
    await this.#parts.live.write(changed);
    const touched = touchedScreens(patch);
    const remaining = new Set(changed.screens.map((screen) => screen.number));
    this.#parts.notifier.tell(topics.wall(wall.id), 'wall:changed', {
      wallId: wall.id,
      revision: changed.revision,
      screens: changed.screens.filter((screen) => touched.includes(screen.number)),
      removedScreens: touched.filter((number) => !remaining.has(number)),
      by: actorAsUser(user),
      act,
    });
    return changed;
  }

  /**
   * The wall as it stands: the live copy, or the record, which then becomes the live copy. In the wall's queue, so that
   * an older record cannot be put over the copy of a change that is just being made.
   */
  #read(agencyId: string, wallId: string): Promise<WallRecord | null> {
    return this.#queue.run(wallId, async () => {
      const live = await this.#parts.live.read(wallId);
      if (live !== null) return live.agencyId === agencyId ? live : null;
      const record = await this.#parts.repository.find(agencyId, wallId);
      if (record !== null) await this.#parts.live.write(record);
      return record;
    });
  }
}

function toWire({ id, name, incidentId, revision, screens }: WallRecord): Wall {
  return { id, name, incidentId, revision, screens };
}
