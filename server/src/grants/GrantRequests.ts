import type { GrantRequest } from '@commonsight/types/grant-request';
import type { Purpose } from '@commonsight/types/purpose';
import { type Access, holdsPermission } from '../access/Access.ts';
import type { Actor, UserActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { findIncident } from '../incidents/incidentRepository.ts';
import type { Notices } from '../notices.ts';
import type { Policies } from '../policy/Policies.ts';
import { findUser, lockActiveUser } from '../users/userRepository.ts';
import { endDueGrants } from './endDueGrants.ts';
import { endVainRequests } from './endVainRequests.ts';
import { findUnendedGrant } from './grantRepository.ts';
import {
  type GrantRequestRow,
  decideGrantRequest,
  findGrantRequest,
  findUndecidedRequest,
  insertGrantRequest,
  isWaiting,
  listGrantRequests,
  noteGrantOfRequest,
  readGrantRequest,
} from './grantRequestRepository.ts';
import { approversOf, grantTerms } from './grantTerms.ts';
import { assertOpen, assertWatchable, grantWithin, isRunning } from './grantWithin.ts';
import { isApproved } from './isApproved.ts';
import { planGrant } from './planGrant.ts';

const minuteMs = 60_000;
/** Those that wait stand first, so that none of them is left out. */
const listedRequests = 200;

export interface GrantRequestParts {
  db: Db;
  access: Access;
  audit: Audit;
  notices: Notices;
  policies: Pick<Policies, 'current'>;
}

/** Wishes for grants whose purpose somebody else has to approve. Without an answer in time the answer is no. */
export class GrantRequests {
  readonly #parts: GrantRequestParts;

  constructor(parts: GrantRequestParts) {
    this.#parts = parts;
  }

  async create(
    actor: Actor,
    wish: { incidentId: string; purpose: Purpose | null; cameraIds: readonly string[]; note: string },
  ): Promise<GrantRequest> {
    const { db, access, policies } = this.#parts;
    const id = newId();
    const now = new Date();
    const { incidentId, note } = wish;
    const cameraIds = [...new Set(wish.cameraIds)];
    const { user, checked } = await access.requireAccess(actor, 'grant.request', {
      auditType: 'grantRequest.created',
      record: 'refusals',
      target: { kind: 'incident', id: incidentId, find: (agencyId) => findIncident(db, agencyId, incidentId) },
      cameras: () => ({ permission: 'camera.view', ids: cameraIds }),
      check: async (asker, incident) => {
        const plan = await planGrant({ db, policies }, asker, { incident, purpose: wish.purpose, cameraIds });
        if (!plan.terms.needsApproval) {
          throw new CodedError('conflict', 'This purpose needs no approval. Ask for the access itself.');
        }
        if (plan.running !== null && !plan.isWider && (await isApproved(db, plan.running))) {
          throw new CodedError('conflict', 'You have this access already.');
        }
        const undecided = await findUndecidedRequest(db, { ...asker, incidentId });
        if (undecided !== null && isWaiting(undecided, now)) throw waitsAlready();
        // Past its end and not marked yet: only one may be undecided, so that the clock's work is done first.
        if (undecided !== null) await this.endVain(now);
        return plan;
      },
    });
    const { agencyId, userId } = user;
    const { purpose, policy, terms, running } = checked;
    const expiresAt = new Date(now.getTime() + policy.pack.approval.timeOutMinutes * minuteMs);
    const details = { incidentId, purpose, cameraIds, note, isAddition: running !== null, expiresAt };
    await access.commit(
      user,
      {
        type: 'grantRequest.created',
        target: { kind: 'grantRequest', id },
        grantId: running?.id ?? null,
        details: { ...details, policyHash: terms.policyHash },
      },
      async (tx) => {
        const row = { id, agencyId, userId, incidentId, purpose, cameraIds, note, requestedAt: now, expiresAt };
        if (!(await insertGrantRequest(tx, { ...row, state: 'requested' }))) throw waitsAlready();
      },
    );
    return this.#tell(agencyId, id);
  }

  /** The caller's own, and for who may approve, those of the agency. */
  async list(actor: Actor): Promise<GrantRequest[]> {
    const { db, access } = this.#parts;
    const { user } = await access.requireAccess(actor, 'grant.request', {
      auditType: 'grantRequest.created',
      record: 'refusals',
    });
    const userId = holdsPermission(user, 'grant.approve') ? null : user.userId;
    return listGrantRequests(db, { agencyId: user.agencyId, userId, now: new Date(), limit: listedRequests });
  }

  /** Makes the grant, or widens the asker's running one, in the commit that has the decision and its line. */
  async approve(actor: Actor, id: string, note: string | null): Promise<GrantRequest> {
    const { db, access, notices, policies } = this.#parts;
    const newGrantId = newId();
    const { user, found, checked } = await access.requireAccess(actor, 'grant.approve', {
      auditType: 'grantRequest.approved',
      record: 'refusals',
      target: this.#target(id),
      check: async (approver, request) => {
        const { agencyId, incidentId, purpose, cameraIds } = request;
        assertDecidable(request, approver);
        const policy = await policies.current(agencyId);
        if (!approversOf(policy, purpose).includes(approver.role)) {
          throw new CodedError('notPermitted', 'The policy does not let your role approve this purpose.');
        }
        const incident = await findIncident(db, agencyId, incidentId);
        if (incident === null) throw new CodedError('notFound');
        assertOpen(incident);
        await assertWatchable(db, agencyId, cameraIds, policy);
        await this.#assertMayLook(request);
        await endDueGrants(this.#parts, new Date());
        const unended = await findUnendedGrant(db, request);
        const running = isRunning(unended, new Date()) ? unended : null;
        if (running !== null && running.purpose !== purpose) {
          throw new CodedError('conflict', 'The person has access with another purpose, which has to end first.');
        }
        return { policy, running, terms: grantTerms(policy, purpose, incident) };
      },
    });
    const { policy, running, terms } = checked;
    const { agencyId, userId, incidentId, purpose, cameraIds } = found;
    const grantId = running?.id ?? newGrantId;
    const isAddition = running !== null;
    const grant = await access.commit(
      user,
      {
        type: 'grantRequest.approved',
        target: { kind: 'grantRequest', id },
        grantId,
        details: { incidentId, purpose, cameraIds, userId, note, isAddition, policyHash: terms.policyHash },
      },
      async (tx) => {
        await this.#decide(tx, found, { state: 'approved', by: user.userId, note });
        if (!(await lockActiveUser(tx, agencyId, userId))) throw askerIsGone();
        const made = await grantWithin(tx, {
          agencyId,
          userId,
          incidentId,
          purpose,
          cameraIds,
          terms,
          policy,
          grantId: newGrantId,
        });
        if (made.id !== grantId) throw new CodedError('conflict', 'This has just changed. Try again.');
        await noteGrantOfRequest(tx, found, grantId);
        return made;
      },
    );
    void notices.tell('grantChanged', { agencyId, grant });
    return this.#tell(agencyId, id);
  }

  async deny(actor: Actor, id: string, note: string | null): Promise<GrantRequest> {
    const { user, found } = await this.#parts.access.requireAccess(actor, 'grant.approve', {
      auditType: 'grantRequest.denied',
      record: 'refusals',
      target: this.#target(id),
      check: async (approver, request) => {
        assertDecidable(request, approver);
        const deciding = approversOf(await this.#parts.policies.current(request.agencyId), request.purpose);
        if (deciding.length > 0 && !deciding.includes(approver.role)) {
          throw new CodedError('notPermitted', 'The policy does not let your role decide on this purpose.');
        }
      },
    });
    return this.#close(user, found, { type: 'grantRequest.denied', state: 'denied', by: user.userId, note });
  }

  async withdraw(actor: Actor, id: string): Promise<GrantRequest> {
    const { user, found } = await this.#parts.access.requireAccess(actor, 'grant.request', {
      auditType: 'grantRequest.withdrawn',
      record: 'refusals',
      target: this.#target(id, actor),
      check: async (_asker, request) => assertWaiting(request),
    });
    return this.#close(user, found, { type: 'grantRequest.withdrawn', state: 'withdrawn', by: null, note: null });
  }

  /** Ends requests that nobody can approve any more. Run by a timer; answers when the next one ends. */
  endVain(now: Date): Promise<Date | null> {
    return endVainRequests({ ...this.#parts, changed: (agencyId, id) => this.#tell(agencyId, id) }, now);
  }

  /** Ends a waiting request without a grant. */
  async #close(
    user: UserActor,
    request: GrantRequestRow,
    end: {
      type: 'grantRequest.denied' | 'grantRequest.withdrawn';
      state: 'denied' | 'withdrawn';
      by: string | null;
      note: string | null;
    },
  ): Promise<GrantRequest> {
    const { agencyId, id, incidentId, purpose, cameraIds, userId } = request;
    const { type, note } = end;
    await this.#parts.access.commit(
      user,
      {
        type,
        target: { kind: 'grantRequest', id },
        details: { incidentId, purpose, cameraIds, userId, ...(note === null ? {} : { note }) },
      },
      (tx) => this.#decide(tx, request, end),
    );
    return this.#tell(agencyId, id);
  }

  async #decide(
    tx: Db,
    request: GrantRequestRow,
    { state, by, note }: { state: 'approved' | 'denied' | 'withdrawn'; by: string | null; note: string | null },
  ): Promise<void> {
    const at = new Date();
    if (!(await decideGrantRequest(tx, request, { state, by, at, note }, at))) throw waitsNoMore();
  }

  /** What the asker was let through for must still hold: an approval gives nobody more than the role and the groups do. */
  async #assertMayLook({ agencyId, userId, cameraIds }: GrantRequestRow): Promise<void> {
    const asker = await findUser(this.#parts.db, agencyId, userId);
    if (asker === null || asker.disabledAt !== null || !holdsPermission(asker, 'camera.view')) throw askerIsGone();
    const reach = await this.#parts.access.reachOf({ agencyId, userId, role: asker.role }, 'camera.view');
    if (!cameraIds.every((cameraId) => reach.holds(cameraId))) {
      throw new CodedError('conflict', 'The person may not reach all of these cameras any more.');
    }
  }

  /** With `asker`, another user's request is not found, like one of another agency. */
  #target(id: string, asker?: Actor) {
    return {
      kind: 'grantRequest' as const,
      id,
      find: async (agencyId: string) => {
        const request = await findGrantRequest(this.#parts.db, agencyId, id);
        const isHidden = asker !== undefined && (asker.kind !== 'user' || request?.userId !== asker.userId);
        return isHidden ? null : request;
      },
    };
  }

  async #tell(agencyId: string, id: string): Promise<GrantRequest> {
    const request = await readGrantRequest(this.#parts.db, agencyId, id, new Date());
    void this.#parts.notices.tell('grantRequestChanged', { agencyId, request });
    return request;
  }
}

function assertWaiting(request: GrantRequestRow): void {
  if (!isWaiting(request, new Date())) throw waitsNoMore();
}

function assertDecidable(request: GrantRequestRow, decider: UserActor): void {
  if (request.userId === decider.userId) {
    throw new CodedError('conflict', 'You have asked for this yourself. Another person has to decide.');
  }
  assertWaiting(request);
}

function waitsNoMore(): CodedError {
  return new CodedError('conflict', 'This request does not wait any more.');
}

function waitsAlready(): CodedError {
  return new CodedError('conflict', 'Your request for this incident waits already.');
}

function askerIsGone(): CodedError {
  return new CodedError('conflict', 'The person who asked may not look any more.');
}
