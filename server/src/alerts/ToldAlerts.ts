import { endsAlert } from '@commonsight/types/alert';
import type { AlertState } from '@commonsight/types/relay/alert';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { codeOf } from '../errors.ts';
import { findIncident } from '../incidents/incidentRepository.ts';
import type { PushMessages } from '../push/PushMessages.ts';
import type { AskRelay } from '../relay-link/RelayLinks.ts';
import { openDocument } from '../sharing/openDocument.ts';
import { findSharing } from '../sharing/sharingRepository.ts';
import type { SpeakingRelay } from '../sharing/ToldSharing.ts';
import type { BackgroundWork } from '../BackgroundWork.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import type { Notifier } from '../signaling/Notifier.ts';
import { topics } from '../signaling/topics.ts';
import { type AlertRow, findAlert, findUnended, saveAlert, setNote, toAlert } from './alertRepository.ts';
import { alertRowOf, goneAlertOf, type ToldAlertRow } from './alertRowOf.ts';
import { NewAlertLimit } from './NewAlertLimit.ts';

export interface ToldAlertsParts {
  db: Db;
  audit: Pick<Audit, 'record'>;
  notifier: Pick<Notifier, 'tell'>;
  askRelay: AskRelay;
  background: Pick<BackgroundWork, 'run'>;
  push: Pick<PushMessages, 'alertKept'>;
}

/** A relay that does not answer is asked to end an alert so often; each time it has the link's time for an answer. */
const mostAsks = 3;

/** What relays tell about alerts: written down, kept, and passed on to walls. Relays alone begin, lengthen and end them. */
export class ToldAlerts {
  readonly #parts: ToldAlertsParts;
  readonly #queue = new KeyedQueue();
  readonly #limit = new NewAlertLimit();

  constructor(parts: ToldAlertsParts) {
    this.#parts = parts;
  }

  /** The line before the record; walls hear of it after both. `tooManyRequests` for a relay that makes up alerts. */
  take(speaking: SpeakingRelay, alert: AlertState | null): Promise<void> {
    const { relayId, agencyId } = speaking.actor;
    // Before it waits for others: what is left is counted from when it was told.
    const now = new Date();
    return this.#queue.run(relayId, async () => {
      for (const row of await findUnended(this.#parts.db, { agencyId, relayId })) {
        if (row.id !== alert?.id) await this.#keep(speaking, goneAlertOf(row, alert, now), row);
      }
      if (alert === null) return;
      const before = await findAlert(this.#parts.db, agencyId, alert.id);
      if (before !== null && before.relayId !== relayId) return;
      if (before === null) this.#limit.assertMayBegin(relayId);
      const note = await this.#noteOf(agencyId, relayId);
      await this.#keep(speaking, alertRowOf(speaking, { alert, before, note }, now), before);
      await this.#endClosed(agencyId, relayId, before, alert);
    });
  }

  /** The owner's document is another one: responders read its note from now on. */
  documentTold({ actor }: SpeakingRelay): Promise<void> {
    const { relayId, agencyId } = actor;
    return this.#queue.run(relayId, async () => {
      const unended = await findUnended(this.#parts.db, { agencyId, relayId });
      if (unended.length === 0) return;
      const note = await this.#noteOf(agencyId, relayId);
      for (const row of unended) {
        if (row.note === note) continue;
        await setNote(this.#parts.db, agencyId, row.id, note);
        await this.tellWalls(agencyId, row.id);
      }
    });
  }

  /** The alert's incident was closed: its relay ends it now, or when it is back. */
  async incidentClosed(agencyId: string, incidentId: string): Promise<void> {
    for (const { relayId, id } of await findUnended(this.#parts.db, { agencyId, incidentId })) {
      this.#endFor(agencyId, { relayId, alertId: id, incidentId });
    }
  }

  /** Tells walls what is kept of an alert now. */
  async tellWalls(agencyId: string, id: string): Promise<void> {
    const row = await findAlert(this.#parts.db, agencyId, id);
    if (row === null || row.isTest || row.sharedAt === null) return;
    this.#parts.notifier.tell(topics.holders(agencyId, 'alert.read'), 'alert:changed', {
      alert: toAlert(row, new Date()),
    });
  }

  async #keep({ actor }: SpeakingRelay, row: ToldAlertRow, before: AlertRow | null): Promise<void> {
    const { id: alertId, stage, isTest, trigger, end } = row;
    const isChanged = before?.stage !== stage || before.end !== end;
    if (isChanged) {
      await this.#parts.audit.record({
        type: 'alert.changed',
        outcome: 'done',
        actor,
        target: { kind: 'alert', id: alertId },
        details: { stage, isTest, trigger, end },
      });
    }
    await saveAlert(this.#parts.db, row);
    // Of its last, long ended alert a relay tells at each connection; walls know of that end.
    if (isChanged || row.endedAt === null) await this.tellWalls(actor.agencyId, alertId);
    this.#parts.background.run('push an alert to its owner', this.#parts.push.alertKept(row, before));
  }

  async #noteOf(agencyId: string, relayId: string): Promise<string> {
    const sharing = await findSharing(this.#parts.db, agencyId, relayId);
    return openDocument(sharing?.told.inForce?.signed)?.alert?.note ?? '';
  }

  async #endClosed(agencyId: string, relayId: string, before: AlertRow | null, { id, end }: AlertState): Promise<void> {
    const incidentId = before?.incidentId ?? null;
    if (end !== null || incidentId === null) return;
    const incident = await findIncident(this.#parts.db, agencyId, incidentId);
    if (incident !== null && endsAlert(incident)) this.#endFor(agencyId, { relayId, alertId: id, incidentId });
  }

  #endFor(agencyId: string, of: { relayId: string; alertId: string; incidentId: string }): void {
    this.#parts.background.run('end the alert of a closed incident', this.#askToEnd(agencyId, of));
  }

  /** The line, then the question. A relay that is away ends the alert by its own clock, and is asked again at its return. */
  async #askToEnd(
    agencyId: string,
    { relayId, alertId, incidentId }: { relayId: string; alertId: string; incidentId: string },
  ): Promise<void> {
    await this.#parts.audit.record({
      type: 'alert.ordered',
      outcome: 'done',
      actor: { kind: 'system', agencyId },
      target: { kind: 'alert', id: alertId },
      details: { act: 'end', incidentId },
    });
    for (let asked = 1; ; asked += 1) {
      try {
        await this.#parts.askRelay(relayId, 'alert:end', { alertId });
        return;
      } catch (error) {
        const code = codeOf(error);
        if (code === 'relayOffline') return;
        if (code !== 'timedOut' || asked === mostAsks) throw error;
      }
    }
  }
}
