import type { Camera, Stream } from '@commonsight/types/camera';
import type { StreamKind } from '@commonsight/types/stream-kind';
import { and, asc, between, eq, gte, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { agencies, cameras, sites, streams } from '../db/schema.ts';
import type { LiveReadings } from '../live.ts';
import type { Box } from './reach.ts';

export type StreamRow = typeof streams.$inferSelect;

/** A camera with its site's name and its streams, `main` first. */
export type CameraRow = typeof cameras.$inferSelect & { siteName: string; streams: StreamRow[] };

/** What the agency has confirmed: who works with cameras works with these, and does not hear of the others. */
const isConfirmed = isNotNull(cameras.confirmedAt);

/** The agency's cameras that it has confirmed, by number. */
export async function listCameras(db: Db, agencyId: string): Promise<CameraRow[]> {
  return joinStreams(db, agencyId, await selectCameras(db, and(eq(cameras.agencyId, agencyId), isConfirmed)));
}

/** Those of the ids that are the agency's cameras and that it has confirmed. */
export async function findCameras(db: Db, agencyId: string, ids: readonly string[]): Promise<CameraRow[]> {
  if (ids.length === 0) return [];
  return joinStreams(db, agencyId, await selectCameras(db, and(isOneOf(agencyId, ids), isConfirmed)));
}

/** For who sets cameras up: also one that nobody has confirmed. */
export async function findAnyCamera(db: Db, agencyId: string, id: string): Promise<CameraRow | null> {
  return (await findAnyCameras(db, agencyId, [id]))[0] ?? null;
}

/** For who sets cameras up: those of the ids that are the agency's cameras, confirmed or not. */
export async function findAnyCameras(db: Db, agencyId: string, ids: readonly string[]): Promise<CameraRow[]> {
  if (ids.length === 0) return [];
  return joinStreams(db, agencyId, await selectCameras(db, isOneOf(agencyId, ids)));
}

/** For who sets cameras up: all of a site, confirmed or not. */
export async function listCamerasOfSite(db: Db, agencyId: string, siteId: string): Promise<CameraRow[]> {
  return joinStreams(
    db,
    agencyId,
    await selectCameras(db, and(eq(cameras.agencyId, agencyId), eq(cameras.siteId, siteId))),
  );
}

/** Marks those that are not confirmed yet. */
export async function confirmCameras(db: Db, agencyId: string, ids: readonly string[], at: Date): Promise<void> {
  await db
    .update(cameras)
    .set({ confirmedAt: at, changedAt: at })
    .where(and(eq(cameras.agencyId, agencyId), inArray(cameras.id, [...ids]), isNull(cameras.confirmedAt)));
}

/** The confirmed cameras within a box, without their streams; an index on (latitude, longitude) finds them. */
export function listCamerasWithin(db: Db, agencyId: string, box: Box) {
  const longitudes =
    box.west <= box.east
      ? between(cameras.longitude, box.west, box.east)
      : or(gte(cameras.longitude, box.west), lte(cameras.longitude, box.east));
  return db
    .select()
    .from(cameras)
    .where(
      and(eq(cameras.agencyId, agencyId), isConfirmed, between(cameras.latitude, box.south, box.north), longitudes),
    );
}

/** Whoever makes a camera says whether it is confirmed. */
export type NewCameraRow = Omit<typeof cameras.$inferInsert, 'number' | 'confirmedAt'> & { confirmedAt: Date | null };

/** Inserts a camera with the agency's next number and its two streams. Run it in a transaction. */
export async function insertCamera(
  tx: Db,
  camera: NewCameraRow,
  streamIds: Readonly<Record<StreamKind, string>>,
): Promise<void> {
  const [agency] = await tx
    .update(agencies)
    .set({ lastCameraNumber: sql`${agencies.lastCameraNumber} + 1` })
    .where(eq(agencies.id, camera.agencyId))
    .returning({ number: agencies.lastCameraNumber });
  if (agency === undefined) throw new Error('The agency of the camera does not exist.');
  await tx.insert(cameras).values({ ...camera, number: agency.number });
  await tx.insert(streams).values(
    (['main', 'sub'] as const).map((kind) => ({
      id: streamIds[kind],
      agencyId: camera.agencyId,
      cameraId: camera.id,
      kind,
    })),
  );
}

export async function updateCamera(
  db: Db,
  agencyId: string,
  id: string,
  change: Partial<typeof cameras.$inferInsert>,
): Promise<void> {
  await db
    .update(cameras)
    .set({ ...change, changedAt: new Date() })
    .where(and(eq(cameras.agencyId, agencyId), eq(cameras.id, id)));
}

export function toWireCamera(row: CameraRow, readings: LiveReadings): Camera {
  return {
    id: row.id,
    siteId: row.siteId,
    siteName: row.siteName,
    number: row.number,
    name: row.name,
    position: { latitude: row.latitude, longitude: row.longitude },
    viewCone: toViewCone(row),
    sharingMode: row.sharingMode,
    streams: row.streams.map((stream): Stream => ({
      id: stream.id,
      kind: stream.kind,
      health: readings.streamHealth(stream.id),
    })),
    watchers: readings.watchers(row.id),
  };
}

export function toViewCone(
  row: Pick<CameraRow, 'bearingDegrees' | 'angleDegrees' | 'rangeMetres'>,
): Camera['viewCone'] {
  return { bearingDegrees: row.bearingDegrees, angleDegrees: row.angleDegrees, rangeMetres: row.rangeMetres };
}

function isOneOf(agencyId: string, ids: readonly string[]) {
  return and(eq(cameras.agencyId, agencyId), inArray(cameras.id, [...ids]));
}

function selectCameras(db: Db, where: ReturnType<typeof and>) {
  return db
    .select({ camera: cameras, siteName: sites.name })
    .from(cameras)
    .innerJoin(sites, eq(sites.id, cameras.siteId))
    .where(where)
    .orderBy(asc(cameras.number));
}

async function joinStreams(
  db: Db,
  agencyId: string,
  rows: Awaited<ReturnType<typeof selectCameras>>,
): Promise<CameraRow[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.camera.id);
  const all = await db
    .select()
    .from(streams)
    .where(and(eq(streams.agencyId, agencyId), inArray(streams.cameraId, ids)))
    .orderBy(asc(streams.kind));
  const byCamera = Map.groupBy(all, (stream) => stream.cameraId);
  return rows.map((row) => ({ ...row.camera, siteName: row.siteName, streams: byCamera.get(row.camera.id) ?? [] }));
}
