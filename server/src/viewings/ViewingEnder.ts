import type { User } from '@commonsight/types/user';
import type { ViewingEndReason, ViewingTraffic } from '@commonsight/types/viewing';
import type { Actor } from '../access/Actor.ts';
import type { Act, Audit } from '../audit/Audit.ts';
import { isRefusedByDatabase } from '../db/isRefusedByDatabase.ts';
import type { Logger } from '../logger.ts';
import type { Connection } from '../signaling/Connection.ts';
import type { Notifier } from '../signaling/Notifier.ts';
import { topics } from '../signaling/topics.ts';
import type { HostClosings } from './HostClosings.ts';
import { type LiveViewing, toWireViewing, type ViewingEnd } from './LiveViewing.ts';
import type { ViewingRegistry } from './ViewingRegistry.ts';
import type { ViewingRepository } from './ViewingRepository.ts';

/** Why viewings end, and by whom; without an actor it is the system that ends them. */
export interface EndCause {
  reason: ViewingEndReason;
  actor?: Actor;
  by?: User;
  note?: string;
}

export interface ViewingEnderParts {
  registry: ViewingRegistry;
  repository: Pick<ViewingRepository, 'end'>;
  audit: Pick<Audit, 'recordAll'>;
  closings: Pick<HostClosings, 'closeConsumers'>;
  notifier: Pick<Notifier, 'tell'>;
  connectionOf(peerId: string): Connection | null;
  viewersChanged(streamId: string, change: { isRevoked: boolean }): void;
  watchersChanged(viewings: readonly LiveViewing[]): void;
  logger: Logger;
}

/** An end whose line and record are not written yet. */
interface UnwrittenEnd {
  viewing: LiveViewing;
  end: ViewingEnd;
  cause: EndCause;
}

/** A viewing's record has an end already, and with it its line. */
class EndedBeforeError extends Error {
  override name = 'EndedBeforeError';
}

/** Reasons after which nothing more may flow for the viewing's sake, not even for the grace time. */
const revocations = new Set<ViewingEndReason>([
  'endedBySupervisor',
  'incidentClosed',
  'grantEnded',
  'grantExpired',
  'sessionEnded',
  'cameraRemoved',
  'notShared',
]);

/** Ends viewings: at the SFU host first, then for those who look, then in the record, each once (CON5, CON7). */
export class ViewingEnder {
  readonly #parts: ViewingEnderParts;
  readonly #unwritten = new Set<UnwrittenEnd>();
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: ViewingEnderParts) {
    this.#parts = parts;
  }

  /** Ends those that nobody else is ending already. `closeAtHost` answers what flowed through them. */
  async end(
    viewings: readonly LiveViewing[],
    cause: EndCause,
    closeAtHost: (viewingIds: string[]) => Promise<readonly ViewingTraffic[]> = (viewingIds) =>
      this.#parts.closings.closeConsumers(viewingIds),
  ): Promise<Map<string, ViewingEnd>> {
    const taken = viewings.filter((viewing) => viewing.state !== 'ending');
    const ends = new Map<string, ViewingEnd>();
    if (taken.length === 0) return ends;
    const wasRunning = new Set(taken.filter((viewing) => viewing.state === 'running'));
    for (const viewing of taken) viewing.state = 'ending';

    const traffic = await closeAtHost(taken.map((viewing) => viewing.id));
    const byViewing = new Map(traffic.map((report) => [report.viewingId, report]));
    const endedAt = new Date().toISOString();
    for (const viewing of taken) {
      const flowed = byViewing.get(viewing.id) ?? viewing.traffic;
      const end = { endedAt, reason: cause.reason, by: cause.by ?? null, note: cause.note ?? null, traffic: flowed };
      ends.set(viewing.id, end);
      this.#unwritten.add({ viewing, end, cause });
      this.#parts.registry.remove(viewing);
      if (wasRunning.has(viewing)) this.#tell(viewing, end);
    }
    const isRevoked = revocations.has(cause.reason);
    for (const streamId of new Set(taken.map((viewing) => viewing.streamId))) {
      this.#parts.viewersChanged(streamId, { isRevoked });
    }
    this.#parts.watchersChanged(taken);
    await this.writeEnds();
    return ends;
  }

  /** Writes what could not be written before; what fails again stays for the next time. */
  writeEnds(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeUnwritten());
    return this.#writing;
  }

  #tell(viewing: LiveViewing, end: ViewingEnd): void {
    const connection = this.#parts.connectionOf(viewing.peerId);
    if (connection !== null) {
      const others = this.#parts.registry.ofPeer(viewing.peerId);
      if (!others.some((other) => other.streamId === viewing.streamId))
        connection.leave(topics.stream(viewing.streamId));
      if (end.reason !== 'closedByUser') {
        connection.tell('consumer:closed', {
          viewingId: viewing.id,
          cameraId: viewing.cameraId,
          reason: end.reason,
          by: end.by,
          note: end.note,
        });
      }
    }
    this.#parts.notifier.tell(topics.supervisors(viewing.agencyId), 'viewing:ended', {
      viewing: toWireViewing(viewing, end),
    });
  }

  async #writeUnwritten(): Promise<void> {
    const due = [...this.#unwritten];
    if (due.length === 0) return;
    const failure = await this.#write(due);
    if (failure === null) return;
    this.#parts.logger.error(
      { err: failure, viewings: due.length },
      'Ends of viewings could not be written. Retrying.',
    );
    if (!isAboutContent(failure)) return;
    // One that the database refuses delays itself only.
    for (const entry of due) {
      const refusal = await this.#write([entry]);
      if (refusal === null) continue;
      const viewingId = entry.viewing.id;
      if (refusal instanceof EndedBeforeError) {
        this.#unwritten.delete(entry);
        this.#parts.logger.warn({ viewingId }, 'The end of a viewing had been written before.');
      } else if (isAboutContent(refusal)) {
        this.#parts.logger.error({ err: refusal, viewingId }, 'The end of a viewing is refused. Retrying.');
      } else return;
    }
  }

  /** Writes lines and records of ends in one commit, all or none; answers why not. */
  async #write(entries: readonly UnwrittenEnd[]): Promise<unknown> {
    try {
      await this.#parts.audit.recordAll(entries.map(toAct), {
        with: async (tx) => {
          for (const { viewing, end } of entries) {
            if (!(await this.#parts.repository.end(viewing, end, tx))) throw new EndedBeforeError(viewing.id);
          }
        },
      });
      for (const entry of entries) this.#unwritten.delete(entry);
      return null;
    } catch (error) {
      return error;
    }
  }
}

/** Whether it fails because of what is written, so that the next one may succeed. */
function isAboutContent(error: unknown): boolean {
  return error instanceof EndedBeforeError || isRefusedByDatabase(error);
}

function toAct({ viewing, end, cause }: UnwrittenEnd): Act {
  return {
    type: 'viewing.ended',
    outcome: 'done',
    actor: cause.actor ?? (end.reason === 'closedByUser' ? viewerAsActor(viewing) : systemOf(viewing)),
    target: { kind: 'viewing', id: viewing.id },
    grantId: viewing.grantId,
    details: {
      userId: viewing.user.id,
      cameraId: viewing.cameraId,
      streamId: viewing.streamId,
      incidentId: viewing.incident.id,
      reason: end.reason,
      ...(end.note === null ? {} : { note: end.note }),
      durationMs: Date.parse(end.endedAt) - Date.parse(viewing.startedAt),
      // Nothing is claimed when the host could not say what flowed.
      ...(end.traffic === null ? {} : { packets: end.traffic.packets, bytes: end.traffic.bytes }),
    },
  };
}

function viewerAsActor({ user, agencyId, sessionId }: LiveViewing): Actor {
  return { kind: 'user', userId: user.id, name: user.name, role: user.role, agencyId, sessionId, sourceAddress: null };
}

function systemOf({ agencyId }: LiveViewing): Actor {
  return { kind: 'system', agencyId };
}
