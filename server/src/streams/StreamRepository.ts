import { eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { cameras, relays, streams } from '../db/schema.ts';
import type { StreamRecord } from './StreamRecord.ts';

/** Reads streams with the camera and the site that they belong to. */
export class StreamRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  all(): Promise<StreamRecord[]> {
    return this.#select(undefined);
  }

  ofCameras(cameraIds: readonly string[]): Promise<StreamRecord[]> {
    return this.#select(inArray(cameras.id, [...cameraIds]));
  }

  ofSite(siteId: string): Promise<StreamRecord[]> {
    return this.#select(eq(cameras.siteId, siteId));
  }

  /** The sites that have a relay which is not revoked. */
  async sitesWithRelay(): Promise<Set<string>> {
    const rows = await this.#db.selectDistinct({ siteId: relays.siteId }).from(relays).where(isNull(relays.revokedAt));
    return new Set(rows.map((row) => row.siteId));
  }

  #select(where: SQL | undefined): Promise<StreamRecord[]> {
    return this.#db
      .select({
        streamId: streams.id,
        kind: streams.kind,
        cameraId: cameras.id,
        cameraName: cameras.name,
        siteId: cameras.siteId,
        agencyId: cameras.agencyId,
        isConfirmed: sql<boolean>`${isNotNull(cameras.confirmedAt)}`,
      })
      .from(streams)
      .innerJoin(cameras, eq(cameras.id, streams.cameraId))
      .where(where);
  }
}
