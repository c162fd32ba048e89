import type { Grant } from '@commonsight/types/grant';
import type { Reauthentication } from '@commonsight/types/grant-request';
import { grantRoutes } from '@commonsight/types/http/grant-routes';
import { routes } from '@commonsight/types/http/routes';
import type { Id } from '@commonsight/types/ids';
import type { Purpose } from '@commonsight/types/purpose';
import { createStore } from 'zustand/vanilla';
import { call } from '../api/call.ts';
import type { CallError, CallResult } from '../api/CallResult.ts';
import { grantRequestChanged, type GrantRequestsStore } from './grantRequests.ts';
import { grantChanged, grantForIncident, type GrantsStore } from './grants.ts';

/** What has to be asked before cameras can be opened: the purpose, and the incident where none is chosen. */
export interface GrantQuestion {
  incidentId: Id | null;
  cameraIds: readonly Id[];
  /** What was asked for before, to begin with. */
  purpose: Purpose | null;
  /** Somebody wants to look at once, without waiting for the approval. */
  isBreakGlass: boolean;
  /** Why it could not be had without a question. */
  refusal: CallError | null;
}

/** What the flow needs of the window around it. */
export interface GrantFlowSurroundings {
  grants: GrantsStore;
  requests: GrantRequestsStore;
  serverNowMs: () => number;
  /** Whether it is known which requests stand: until then no question opens that they may answer. */
  isSettled: () => boolean;
  /** A request of the user's about the camera waits, or was refused: the tile says so, and nothing opens by itself. */
  isAnswered: (cameraId: Id, incidentId: Id | null) => boolean;
  /** Whether the policy has a purpose for what the user opens, so that none is asked for (dispatchers). */
  hasOwnPurpose: () => boolean;
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
 * The way to a grant. Where one runs for the incident, more cameras join it without a question, and a dispatcher's runs
 * under the policy's own purpose; otherwise the purpose is asked once for the incident, and all that waits opens
 * together, at once or when the request is approved.
 */
export class GrantFlow {
  readonly store = createStore<GrantFlowState>()(() => ({ question: null, waiting: new Map() }));
  readonly #around: GrantFlowSurroundings;
  readonly #invitedUntilMs = new Map<Id, number>();
  readonly #asked = new Set<string>();
  #everythingInvitedUntilMs = 0;
  /** Incidents whose cameras somebody asked access to, on tiles or not: each is asked about, one after another. */
  readonly #requestedIncidentIds = new Set<Id>();

  constructor(around: GrantFlowSurroundings) {
    this.#around = around;
  }

  /** The user has just opened this camera (or with null a whole wall): a question may open by itself. */
  invite(cameraId: Id | null): void {
    const untilMs = this.#around.serverNowMs() + inviteForMs;
    if (cameraId === null) this.#everythingInvitedUntilMs = untilMs;
    else this.#invitedUntilMs.set(cameraId, untilMs);
  }

  /** Cameras cannot be opened without a grant. */
  needed(incidentId: Id | null, cameraIds: readonly Id[]): void {
    if (!this.#around.isSettled()) {
      this.#await(incidentId, cameraIds);
      return;
    }
    const unanswered = cameraIds.filter((id) => !this.#around.isAnswered(id, incidentId));
    if (unanswered.length === 0) return;
    this.#await(incidentId, unanswered);
    const nowMs = this.#around.serverNowMs();
    const isInvited =
      unanswered.some((id) => (this.#invitedUntilMs.get(id) ?? 0) >= nowMs) || this.#everythingInvitedUntilMs >= nowMs;
    if (incidentId !== null && (this.#running(incidentId) !== null || (isInvited && this.#around.hasOwnPurpose()))) {
      void this.#obtain(incidentId, this.#waiting(incidentId), null, isInvited);
    } else if (isInvited) {
      this.ask(incidentId);
    }
  }

  /** What is asked for and what the policy says is known now: what was needed before is looked at again. */
  handleSettled(): void {
    if (!this.#around.isSettled()) return;
    for (const [incidentId, waiting] of this.store.getState().waiting) {
      const cameraIds = [...waiting];
      this.#forget(
        incidentId,
        cameraIds.filter((id) => this.#around.isAnswered(id, incidentId)),
      );
      this.needed(incidentId, cameraIds);
    }
  }

  /**
   * Somebody asks for access to an incident's cameras, on tiles or not. A question that stands is answered first. With a
   * purpose, such as the one of a grant that has run out, it is asked for at once, and a question comes only when that is
   * refused.
   */
  request(incidentId: Id, cameraIds: readonly Id[], purpose: Purpose | null = null): void {
    this.#requestedIncidentIds.add(incidentId);
    this.#await(incidentId, cameraIds);
    this.#begin(incidentId, purpose);
  }

  /** Opens the question for an incident's waiting cameras, because somebody asked for it. */
  ask(incidentId: Id | null, preset: Partial<Omit<GrantQuestion, 'incidentId' | 'cameraIds'>> = {}): void {
    const { waiting, question } = this.store.getState();
    const cameraIds = [...(waiting.get(incidentId) ?? [])];
    if (cameraIds.length === 0 || (question !== null && question.incidentId !== incidentId)) return;
    const fresh = { purpose: null, isBreakGlass: false, refusal: null };
    this.store.setState({ question: { ...fresh, ...question, ...preset, incidentId, cameraIds } });
  }

  /** Whatever waits for a camera: for a tile's own button. */
  askForCamera(cameraId: Id): void {
    for (const [incidentId, cameraIds] of this.store.getState().waiting) {
      if (cameraIds.has(cameraId)) {
        this.#begin(incidentId, null);
        return;
      }
    }
  }

  /** Opens the question where it offers to look at once, for a request that waits. */
  askToBreakGlass(incidentId: Id, cameraIds: readonly Id[], purpose: Purpose): void {
    this.#requestedIncidentIds.add(incidentId);
    this.#await(incidentId, cameraIds);
    this.ask(incidentId, { purpose, isBreakGlass: true });
  }

  async answer(incidentId: Id, purpose: Purpose): Promise<CallResult<unknown>> {
    return this.#answerWith(async (cameraIds) => {
      const result = await call(routes.requestGrant, { body: { incidentId, purpose, cameraIds } });
      if (result.state === 'ok') grantChanged(this.#around.grants, result.value);
      return result;
    });
  }

  /** Sends the question on to those who approve: the tiles wait for their answer. */
  async requestApproval(incidentId: Id, purpose: Purpose, note: string): Promise<CallResult<unknown>> {
    return this.#answerWith(async (cameraIds) => {
      const result = await call(grantRoutes.requestApproval, { body: { incidentId, purpose, cameraIds, note } });
      if (result.state === 'ok') grantRequestChanged(this.#around.requests, result.value);
      return result;
    });
  }

  /** Looks at once; it has to be justified afterwards. */
  async breakGlass(incidentId: Id, purpose: Purpose, reauthentication: Reauthentication): Promise<CallResult<unknown>> {
    return this.#answerWith(async (cameraIds) => {
      const body = { incidentId, purpose, cameraIds, reauthentication };
      const result = await call(grantRoutes.breakGlass, { body });
      if (result.state === 'ok') grantChanged(this.#around.grants, result.value);
      return result;
    });
  }

  /** The user does not want to answer now: tiles keep saying what they need, and nothing opens by itself. */
  dismiss(): void {
    this.#invitedUntilMs.clear();
    this.#everythingInvitedUntilMs = 0;
    this.#close();
  }

  /** A grant came, or a request was made, perhaps in another window: what it covers is asked about no more. */
  handleAnswered(incidentId: Id, cameraIds: readonly Id[]): void {
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

  #running(incidentId: Id): Grant | null {
    const { grants, serverNowMs } = this.#around;
    return grantForIncident(grants.getState(), incidentId, serverNowMs());
  }

  #waiting(incidentId: Id): Id[] {
    return [...(this.store.getState().waiting.get(incidentId) ?? [])];
  }

  #await(incidentId: Id | null, cameraIds: readonly Id[]): void {
    const { waiting } = this.store.getState();
    const together = new Set([...(waiting.get(incidentId) ?? []), ...cameraIds]);
    this.store.setState({ waiting: new Map(waiting).set(incidentId, together) });
  }

  /** Without a question where that can be, because somebody asked. */
  #begin(incidentId: Id | null, purpose: Purpose | null): void {
    const mayGoWithout = purpose !== null || this.#around.hasOwnPurpose();
    if (incidentId === null || !(mayGoWithout || this.#running(incidentId) !== null)) {
      this.ask(incidentId);
      return;
    }
    void this.#obtain(incidentId, this.#waiting(incidentId), purpose, true);
  }

  /** Asks for a grant without a question: for more cameras of one that runs, or under a purpose that is known. */
  async #obtain(incidentId: Id, cameraIds: Id[], purpose: Purpose | null, isWished: boolean): Promise<void> {
    // The same refusal comes for every stream and every reconnection; it is asked for once at a time.
    const key = `${incidentId} ${cameraIds.toSorted().join(' ')}`;
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    const result = await call(routes.requestGrant, { body: { incidentId, purpose, cameraIds } });
    this.#asked.delete(key);
    if (result.state === 'ok') {
      this.#forget(incidentId, cameraIds);
      grantChanged(this.#around.grants, result.value);
    } else if (result.state === 'failed' && (isWished || result.error.code === 'grantNeeded')) {
      // That a purpose is needed is what the question asks, and no refusal.
      const refusal = result.error.code === 'grantNeeded' ? null : result.error;
      // Cameras join a running grant under its purpose and no other.
      this.ask(incidentId, { purpose: purpose ?? this.#running(incidentId)?.purpose ?? null, refusal });
    }
  }

  async #answerWith<T>(send: (cameraIds: Id[]) => Promise<CallResult<T>>): Promise<CallResult<T>> {
    const { question } = this.store.getState();
    if (question === null) return { state: 'aborted' };
    const cameraIds = [...question.cameraIds];
    const result = await send(cameraIds);
    if (result.state === 'ok') {
      this.#forget(question.incidentId, cameraIds);
      const standing = this.store.getState().question;
      if (standing !== null && standing.incidentId === question.incidentId) this.#close();
    }
    return result;
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
