import { routes } from '@commonsight/types/http/routes';
import type { Id } from '@commonsight/types/ids';
import type { Purpose } from '@commonsight/types/purpose';
import { createStore } from 'zustand/vanilla';
import { call } from '../api/call.ts';
import type { CallResult } from '../api/CallResult.ts';
import { grantChanged, grantForIncident, type GrantsStore } from './grants.ts';

/** What has to be asked before cameras can be opened: the purpose, and the incident where none is chosen. */
export interface GrantQuestion {
  incidentId: Id | null;
  cameraIds: readonly Id[];
}

export interface GrantFlowState {
  /** The question that stands on the screen; at most one. */
  question: GrantQuestion | null;
  /** Cameras that wait for a grant, by incident; under `null` those that wait for somebody to choose one. */
  waiting: ReadonlyMap<Id | null, ReadonlySet<Id>>;
}

/** How long after an act of the user a question may open by itself. Later it would fall into other work. */
const inviteForMs = 15_000;

/**
 * The way to a grant. Where one runs for the incident, more cameras join it without a question; otherwise the purpose is
 * asked once for the incident, and all that waits opens together.
 */
export class GrantFlow {
  readonly store = createStore<GrantFlowState>()(() => ({ question: null, waiting: new Map() }));
  readonly #grants: GrantsStore;
  readonly #serverNowMs: () => number;
  readonly #invitedUntilMs = new Map<Id, number>();
  readonly #requested = new Set<string>();
  #everythingInvitedUntilMs = 0;
  /** Incidents whose cameras somebody asked access to, on tiles or not: each is asked about, one after another. */
  readonly #requestedIncidentIds = new Set<Id>();

  constructor(grants: GrantsStore, serverNowMs: () => number) {
    this.#grants = grants;
    this.#serverNowMs = serverNowMs;
  }

  /** The user has just opened this camera (or with null a whole wall): a question may open by itself. */
  invite(cameraId: Id | null): void {
    const untilMs = this.#serverNowMs() + inviteForMs;
    if (cameraId === null) this.#everythingInvitedUntilMs = untilMs;
    else this.#invitedUntilMs.set(cameraId, untilMs);
  }

  /** Cameras cannot be opened without a grant. */
  needed(incidentId: Id | null, cameraIds: readonly Id[]): void {
    const { waiting } = this.store.getState();
    const together = new Set([...(waiting.get(incidentId) ?? []), ...cameraIds]);
    this.store.setState({ waiting: new Map(waiting).set(incidentId, together) });
    if (incidentId !== null && grantForIncident(this.#grants.getState(), incidentId, this.#serverNowMs()) !== null) {
      void this.#join(incidentId, [...together]);
      return;
    }
    const nowMs = this.#serverNowMs();
    const isInvited = cameraIds.some((id) => (this.#invitedUntilMs.get(id) ?? 0) >= nowMs);
    if (isInvited || this.#everythingInvitedUntilMs >= nowMs) this.ask(incidentId);
  }

  /** Somebody asks for access to an incident's cameras, on tiles or not. A question that stands is answered first. */
  request(incidentId: Id, cameraIds: readonly Id[]): void {
    this.#requestedIncidentIds.add(incidentId);
    this.needed(incidentId, cameraIds);
    this.ask(incidentId);
  }

  /** Opens the question for an incident's waiting cameras, because somebody asked for it. */
  ask(incidentId: Id | null): void {
    const { waiting, question } = this.store.getState();
    const cameraIds = [...(waiting.get(incidentId) ?? [])];
    if (cameraIds.length === 0 || (question !== null && question.incidentId !== incidentId)) return;
    this.store.setState({ question: { incidentId, cameraIds } });
  }

  /** Whatever waits for a camera: for a tile's own button. */
  askForCamera(cameraId: Id): void {
    for (const [incidentId, cameraIds] of this.store.getState().waiting) {
      if (cameraIds.has(cameraId)) {
        this.ask(incidentId);
        return;
      }
    }
  }

  async answer(incidentId: Id, purpose: Purpose): Promise<CallResult<unknown>> {
    const { question } = this.store.getState();
    if (question === null) return { state: 'aborted' };
    const cameraIds = [...question.cameraIds];
    const result = await call(routes.requestGrant, { body: { incidentId, purpose, cameraIds } });
    if (result.state === 'ok') {
      grantChanged(this.#grants, result.value);
      this.#forget(question.incidentId, cameraIds);
      const standing = this.store.getState().question;
      if (standing !== null && standing.incidentId === question.incidentId) this.#close();
    }
    return result;
  }

  /** The user does not want to answer now: tiles keep saying what they need, and nothing opens by itself. */
  dismiss(): void {
    this.#invitedUntilMs.clear();
    this.#everythingInvitedUntilMs = 0;
    this.#close();
  }

  /** A grant came from somewhere else, perhaps another window: what it covers waits no more. */
  handleGrant(incidentId: Id, cameraIds: readonly Id[]): void {
    this.#forget(incidentId, cameraIds);
    this.#forget(null, cameraIds);
  }

  /**
   * Cameras that are on no tile of this window any more wait no more; those of a question that somebody asked for
   * wait on, whatever others do to the wall meanwhile.
   */
  keepOnly(cameraIds: ReadonlySet<Id>): void {
    const { waiting: allWaiting } = this.store.getState();
    for (const [incidentId, waiting] of allWaiting) {
      if (incidentId !== null && this.#requestedIncidentIds.has(incidentId)) continue;
      this.#forget(
        incidentId,
        [...waiting].filter((id) => !cameraIds.has(id)),
      );
    }
  }

  async #join(incidentId: Id, cameraIds: Id[]): Promise<void> {
    // The same refusal comes for every stream and every reconnection; it is asked for once at a time.
    const key = `${incidentId} ${cameraIds.toSorted().join(' ')}`;
    if (this.#requested.has(key)) return;
    this.#requested.add(key);
    const result = await call(routes.requestGrant, { body: { incidentId, purpose: null, cameraIds } });
    this.#requested.delete(key);
    if (result.state === 'ok') {
      this.#forget(incidentId, cameraIds);
      grantChanged(this.#grants, result.value);
    } else if (result.state === 'failed' && result.error.code === 'grantNeeded') {
      this.ask(incidentId);
    }
  }

  #forget(incidentId: Id | null, cameraIds: readonly Id[]): void {
    const { waiting, question } = this.store.getState();
    const known = waiting.get(incidentId);
    if (known === undefined || cameraIds.length === 0) return;
    const left = new Set(known);
    for (const id of cameraIds) left.delete(id);
    if (left.size === known.size) return;
    const after = new Map(waiting);
    if (left.size === 0) after.delete(incidentId);
    else after.set(incidentId, left);
    const isAnswered = question !== null && question.incidentId === incidentId && left.size === 0;
    if (left.size === 0 && incidentId !== null) this.#requestedIncidentIds.delete(incidentId);
    this.store.setState({ waiting: after });
    if (isAnswered) this.#close();
  }

  /** Takes the question away; one that was asked for behind it comes next. */
  #close(): void {
    const closed = this.store.getState().question?.incidentId ?? null;
    if (closed !== null) this.#requestedIncidentIds.delete(closed);
    this.store.setState({ question: null });
    for (const incidentId of this.#requestedIncidentIds) this.ask(incidentId);
  }
}
