import { and, eq, isNull, type SQL } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { cameras, grants, incidents, sessions, users, viewings } from '../db/schema.ts';
import type { LiveViewing, ViewingEnd } from './LiveViewing.ts';

/** A viewing's record with what it says of user, camera, incident and grant. */
export type ViewingRow = Omit<LiveViewing, 'state' | 'traffic'> & {
  endedAt: string | null;
  grantEndedAt: string | null;
};

/** The records of who looked at what. */
export class ViewingRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Viewings that began and have no end, of all agencies: for a server that takes up another one's work. */
  open(): Promise<ViewingRow[]> {
    return this.#select(isNull(viewings.endedAt));
  }

  async find(agencyId: string, id: string): Promise<ViewingRow | null> {
    return (await this.#select(and(eq(viewings.agencyId, agencyId), eq(viewings.id, id))))[0] ?? null;
  }

  /** `tx`: the transaction that it belongs to. */
  async insert(begun: readonly LiveViewing[], tx: Db): Promise<void> {
    if (begun.length === 0) return;
    await tx.insert(viewings).values(
      begun.map((viewing) => ({
        id: viewing.id,
        agencyId: viewing.agencyId,
        userId: viewing.user.id,
        sessionId: viewing.sessionId,
        peerId: viewing.peerId,
        cameraId: viewing.cameraId,
        streamId: viewing.streamId,
        stream: viewing.stream,
        incidentId: viewing.incident.id,
        grantId: viewing.grantId,
        purpose: viewing.purpose,
        startedAt: new Date(viewing.startedAt),
      })),
    );
  }

  /** Whether it had no end before. `tx`: the transaction that it belongs to. */
  async end(viewing: { agencyId: string; id: string }, end: ViewingEnd, tx: Db): Promise<boolean> {
    const ended = await tx
      .update(viewings)
      .set({
        endedAt: new Date(end.endedAt),
        endReason: end.reason,
        endedBy: end.by?.id ?? null,
        endNote: end.note,
        packets: end.traffic?.packets ?? null,
        bytes: end.traffic?.bytes ?? null,
      })
      .where(and(eq(viewings.agencyId, viewing.agencyId), eq(viewings.id, viewing.id), isNull(viewings.endedAt)))
      .returning({ id: viewings.id });
    return ended.length > 0;
  }

  async #select(where: SQL | undefined): Promise<ViewingRow[]> {
    const rows = await this.#db
      .select({
        viewing: viewings,
        user: { id: users.id, name: users.name, role: users.role },
        cameraName: cameras.name,
        sessionLockedAt: sessions.lockedAt,
        incident: { id: incidents.id, number: incidents.number, title: incidents.title },
        grant: {
          startsAt: grants.startsAt,
          endsAt: grants.endsAt,
          endedAt: grants.endedAt,
          policyHash: grants.policyHash,
        },
      })
      .from(viewings)
      .innerJoin(users, eq(users.id, viewings.userId))
      .innerJoin(cameras, eq(cameras.id, viewings.cameraId))
      .innerJoin(incidents, eq(incidents.id, viewings.incidentId))
      .innerJoin(grants, eq(grants.id, viewings.grantId))
      .leftJoin(sessions, eq(sessions.id, viewings.sessionId))
      .where(where);
    return rows.map(({ viewing, user, cameraName, sessionLockedAt, incident, grant }) => ({
      id: viewing.id,
      agencyId: viewing.agencyId,
      user,
      sessionId: viewing.sessionId,
      // Null only in a record of before peers were kept: such a viewing is in no snapshot and ends.
      peerId: viewing.peerId ?? '',
      cameraId: viewing.cameraId,
      cameraName,
      streamId: viewing.streamId,
      stream: viewing.stream,
      incident,
      purpose: viewing.purpose,
      grantId: viewing.grantId,
      grantStartsAt: grant.startsAt.toISOString(),
      grantEndsAt: grant.endsAt.toISOString(),
      policyHash: grant.policyHash,
      grantEndedAt: grant.endedAt?.toISOString() ?? null,
      startedAt: viewing.startedAt.toISOString(),
      isLocked: sessionLockedAt !== null,
      endedAt: viewing.endedAt?.toISOString() ?? null,
    }));
  }
}
