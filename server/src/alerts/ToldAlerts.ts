import type { AlertEnd, AlertState } from '@commonsight/types/relay/alert';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { findIncident } from '../incidents/incidentRepository.ts';
import type { AskRelay } from '../relay-link/RelayLinks.ts';
import { openDocument } from '../sharing/readOffer.ts';
import { findSharing } from '../sharing/sharingRepository.ts';
import type { SpeakingRelay } from '../sharing/ToldSharing.ts';
import type { BackgroundWork } from '../signaling/BackgroundWork.ts';
import { KeyedQueue } from '../signaling/KeyedQueue.ts';
import type { Notifier } from '../signaling/Notifier.ts';
import { topics } from '../signaling/topics.ts';
import { type AlertRow, findAlert, findUnended, saveAlert, toAlert } from './alertRepository.ts';

export interface ToldAlertsParts {
  db: Db;
  audit: Pick<Audit, 'record'>;
  notifier: Pick<Notifier, 'tell'>;
  askRelay: AskRelay;
  background: Pick<BackgroundWork, 'run'>;
}

/** What relays tell about alerts: written down, kept, and passed on to walls. Relays alone begin, lengthen and end them. */
export class ToldAlerts {
  readonly #parts: ToldAlertsParts;
  readonly #queue = new KeyedQueue();

  constructor(parts: ToldAlertsParts) {
    this.#parts = parts;
  }

  /** The line before the record; walls hear of it after both. */
  take(speaking: SpeakingRelay, alert: AlertState | null): Promise<void> {
    const { relayId, agencyId } = speaking.actor;
    return this.#queue.run(relayId, async () => {
      const now = new Date();
      const unended = await findUnended(this.#parts.db, { agencyId, relayId });
      for (const row of unended) {
        if (row.id === alert?.id) continue;
        await this.#keep(
          speaking,
          { ...row, stage: 'ended', mayExtend: false, endedAt: now, end: whyGone(row, alert) },
          row,
        );
      }
      if (alert === null) return;
      const before = await findAlert(this.#parts.db, agencyId, alert.id);
      if (before !== null && before.relayId !== relayId) return;
      const note = openDocument((await findSharing(this.#parts.db, agencyId, relayId))?.told.inForce?.signed)?.alert
        ?.note;
      await this.#keep(speaking, rowOf(speaking, { alert, before, note: note ?? '' }, now), before);
      await this.#endClosed(agencyId, relayId, before, alert);
    });
  }

  /** The alert's incident was closed: its relay ends it now, or when it is back. */
  async incidentClosed(agencyId: string, incidentId: string): Promise<void> {
    for (const { relayId, id } of await findUnended(this.#parts.db, { agencyId, incidentId }))
      this.#askToEnd(relayId, id);
  }

  /** Tells walls what is kept of an alert now. */
  async tellWalls(agencyId: string, id: string): Promise<void> {
    const row = await findAlert(this.#parts.db, agencyId, id);
    if (row === null || row.isTest || row.sharedAt === null) return;
    this.#parts.notifier.tell(topics.holders(agencyId, 'alert.read'), 'alert:changed', {
      alert: toAlert(row, new Date()),
    });
  }

  async #keep(
    { actor }: SpeakingRelay,
    row: Omit<AlertRow, 'incidentId'>,
    before: Pick<AlertRow, 'stage' | 'end'> | null,
  ): Promise<void> {
    const { id: alertId, stage, isTest, trigger, end } = row;
    if (before?.stage !== stage || before.end !== end) {
      await this.#parts.audit.record({
        type: 'alert.changed',
        outcome: 'done',
        actor,
        target: { kind: 'alert', id: alertId },
        details: { stage, isTest, trigger, end },
      });
    }
    await saveAlert(this.#parts.db, row);
    await this.tellWalls(actor.agencyId, alertId);
  }

  async #endClosed(agencyId: string, relayId: string, before: AlertRow | null, { id, end }: AlertState): Promise<void> {
    const incidentId = before?.incidentId ?? null;
    if (end !== null || incidentId === null) return;
    const incident = await findIncident(this.#parts.db, agencyId, incidentId);
    if (incident !== null && incident.closedAt !== null) this.#askToEnd(relayId, id);
  }

  #askToEnd(relayId: string, alertId: string): void {
    const ask = async () => {
      // While it is away it ends the alert by its own clock, and is asked again when it tells of it.
      await this.#parts.askRelay(relayId, 'alert:end', { alertId }).catch(() => undefined);
    };
    this.#parts.background.run('end the alert of a closed incident', ask());
  }
}

function rowOf(
  { actor, siteId }: SpeakingRelay,
  { alert, before, note }: { alert: AlertState; before: AlertRow | null; note: string },
  now: Date,
): Omit<AlertRow, 'incidentId'> {
  const { id, isTest, trigger, stage, leftMs, sharedMs, mayExtend, end } = alert;
  const hasShared = stage === 'sharing' || stage === 'extensionAsked' || sharedMs > 0;
  const isOver = stage === 'ended';
  return {
    id,
    agencyId: actor.agencyId,
    siteId,
    relayId: actor.relayId,
    isTest,
    trigger,
    stage,
    begunAt: before?.begunAt ?? new Date(now.getTime() - sharedMs),
    sharedAt: before?.sharedAt ?? (hasShared ? new Date(now.getTime() - sharedMs) : null),
    until: isOver ? (before?.until ?? now) : new Date(now.getTime() + leftMs),
    mayExtend,
    endedAt: isOver ? (before?.endedAt ?? now) : null,
    end,
    note,
  };
}

/** Why an alert is gone of which its relay does not know any more. */
function whyGone({ isTest }: AlertRow, next: AlertState | null): AlertEnd {
  return isTest && next !== null ? 'realAlert' : 'relayRestarted';
}
