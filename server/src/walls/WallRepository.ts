import type { Layout } from '@commonsight/types/layout';
import type { Screen, Wall, WallSummary } from '@commonsight/types/wall';
import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { walls, wallScreens, wallTiles } from '../db/schema.ts';
import type { WallPatch } from './WallPatch.ts';

/** A wall with the agency that it belongs to. */
export type WallRecord = Wall & { agencyId: string };

/** Walls as records: what holds when everything else is gone. */
export class WallRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async find(agencyId: string, id: string): Promise<WallRecord | null> {
    const [wall] = await this.#db
      .select()
      .from(walls)
      .where(and(eq(walls.agencyId, agencyId), eq(walls.id, id)));
    if (wall === undefined) return null;
    const screens = await this.#db
      .select()
      .from(wallScreens)
      .where(eq(wallScreens.wallId, id))
      .orderBy(asc(wallScreens.number));
    const tiles = await this.#db.select().from(wallTiles).where(eq(wallTiles.wallId, id)).orderBy(asc(wallTiles.slot));
    return {
      id: wall.id,
      agencyId: wall.agencyId,
      name: wall.name,
      incidentId: wall.incidentId,
      revision: wall.revision,
      screens: screens.map((screen): Screen => ({
        number: screen.number,
        layout: screen.layout,
        tiles: tiles
          .filter((tile) => tile.screenNumber === screen.number)
          .map(({ id: tileId, slot, cameraId, incidentId }) => ({ id: tileId, slot, cameraId, incidentId })),
      })),
    };
  }

  async list(agencyId: string): Promise<WallSummary[]> {
    const rows = await this.#db
      .select({
        id: walls.id,
        name: walls.name,
        incidentId: walls.incidentId,
        changedAt: walls.changedAt,
        screenCount: count(wallScreens.number),
      })
      .from(walls)
      .innerJoin(wallScreens, eq(wallScreens.wallId, walls.id))
      .where(eq(walls.agencyId, agencyId))
      .groupBy(walls.id)
      .orderBy(asc(walls.name), asc(walls.id));
    return rows.map((row) => ({ ...row, changedAt: row.changedAt.toISOString() }));
  }

  /** The names of the agency's walls by their ids. */
  async names(agencyId: string): Promise<Map<string, string>> {
    const rows = await this.#db
      .select({ id: walls.id, name: walls.name })
      .from(walls)
      .where(eq(walls.agencyId, agencyId));
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Inserts a wall with one empty screen. */
  async insert(wall: {
    id: string;
    agencyId: string;
    name: string;
    incidentId: string | null;
    layout: Layout;
  }): Promise<void> {
    await this.#db.transaction(async (tx) => {
      const { layout, ...row } = wall;
      await tx.insert(walls).values(row);
      await tx.insert(wallScreens).values({ wallId: wall.id, agencyId: wall.agencyId, number: 1, layout });
    });
  }

  /**
   * Makes a change that was planned on `wall`, and raises the revision. False when the record is not at that revision
   * any more: the change has to be planned again.
   */
  async apply(wall: { id: string; agencyId: string; revision: number }, patch: WallPatch): Promise<boolean> {
    return this.#db.transaction(async (tx) => {
      const raised = await tx
        .update(walls)
        .set({ revision: wall.revision + 1, changedAt: new Date() })
        .where(and(eq(walls.id, wall.id), eq(walls.agencyId, wall.agencyId), eq(walls.revision, wall.revision)))
        .returning({ id: walls.id });
      if (raised.length === 0) return false;
      for (const { screen: number, after: layout } of patch.layouts) {
        if (layout === null) {
          await tx.delete(wallScreens).where(and(eq(wallScreens.wallId, wall.id), eq(wallScreens.number, number)));
          continue;
        }
        await tx
          .insert(wallScreens)
          .values({ wallId: wall.id, agencyId: wall.agencyId, number, layout })
          .onConflictDoUpdate({ target: [wallScreens.wallId, wallScreens.number], set: { layout } });
      }
      // All tiles of the change go before any comes back: two that swap would meet on one slot otherwise.
      const ids = patch.tiles.map((change) => change.tileId);
      if (ids.length > 0) {
        await tx.delete(wallTiles).where(and(eq(wallTiles.wallId, wall.id), inArray(wallTiles.id, ids)));
      }
      const placed = patch.tiles.flatMap(({ tileId, after }) =>
        after === null
          ? []
          : [
              {
                id: tileId,
                wallId: wall.id,
                agencyId: wall.agencyId,
                screenNumber: after.screen,
                slot: after.slot,
                cameraId: after.cameraId,
                incidentId: after.incidentId,
              },
            ],
      );
      if (placed.length > 0) await tx.insert(wallTiles).values(placed);
      return true;
    });
  }
}
