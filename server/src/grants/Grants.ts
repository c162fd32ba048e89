import type { Grant } from '@commonsight/types/grant';
import type { Purpose } from '@commonsight/types/purpose';
import type { User } from '@commonsight/types/user';
import type { Access } from '../access/Access.ts';
import { type Actor, type UserActor, actorAsUser } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { findIncident } from '../incidents/incidentRepository.ts';
import type { Notices } from '../notices.ts';
import type { Policies } from '../policy/Policies.ts';
import { endDueGrants } from './endDueGrants.ts';
import {
  endGrant,
  extendGrant,
  findGrant,
  listLastGrants,
  listRunningGrantsOfAll,
  listUnendedGrantsOf,
  toWireGrant,
} from './grantRepository.ts';
import { grantTerms } from './grantTerms.ts';
import { assertOpen, grantWithin, isRunning } from './grantWithin.ts';
import { isApproved } from './isApproved.ts';
import { planGrant } from './planGrant.ts';

/** A running grant together with the incident that it is for. */
export interface RunningGrant {
  grant: Grant;
  incident: { id: string; number: number; title: string };
}

interface GrantWish {
  incidentId: string;
  purpose: Purpose | null;
  cameraIds: readonly string[];
}

class GrantHasChanged extends Error {
  override name = 'GrantHasChanged';
}

/** Permissions of users to look at cameras, for a purpose and an open incident, for a time. */
export class Grants {
  readonly #db: Db;
  readonly #access: Access;
  readonly #audit: Audit;
  readonly #notices: Notices;
  readonly #policies: Pick<Policies, 'current'>;

  constructor(parts: { db: Db; access: Access; audit: Audit; notices: Notices; policies: Pick<Policies, 'current'> }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#audit = parts.audit;
    this.#notices = parts.notices;
    this.#policies = parts.policies;
  }

  /** The caller's own newest grants for each open incident, running or not. */
  async list(actor: Actor): Promise<Grant[]> {
    const { user } = await this.#access.requireAccess(actor, 'grant.request', {
      auditType: 'grant.created',
      record: 'refusals',
    });
    return (await listLastGrants(this.#db, user)).map(toWireGrant);
  }

  /**
   * Asks for a grant, or adds cameras to the one that runs for the incident. A running one keeps its purpose: another
   * purpose is answered with `conflict`, none with the running one's, or for a dispatcher with the policy's own.
   */
  async request(actor: Actor, wish: GrantWish): Promise<Grant> {
    // Another window may have made or ended the grant meanwhile; what holds now is looked at once more.
    const grant = (await this.#tryRequest(actor, wish)) ?? (await this.#tryRequest(actor, wish));
    if (grant === null) throw new CodedError('conflict', 'This has just changed. Try again.');
    return grant;
  }

  /** Null, and nothing was done, when the grant that the check has seen is not the one that would be given. */
  async #tryRequest(actor: Actor, wish: GrantWish): Promise<Grant | null> {
    const cameraIds = [...new Set(wish.cameraIds)];
    const grantId = newId();
    const { user, checked } = await this.#access.requireAccess(actor, 'grant.request', {
      auditType: 'grant.created',
      record: 'refusals',
      target: {
        kind: 'incident',
        id: wish.incidentId,
        find: (agencyId) => findIncident(this.#db, agencyId, wish.incidentId),
      },
      cameras: () => ({ permission: 'camera.view', ids: cameraIds }),
      check: async (asker, incident) => {
        await endDueGrants({ db: this.#db, audit: this.#audit, notices: this.#notices }, new Date());
        const plan = await planGrant({ db: this.#db, policies: this.#policies }, asker, {
          incident,
          purpose: wish.purpose,
          cameraIds,
        });
        if (plan.terms.needsApproval && plan.isWider) throw new CodedError('approvalNeeded');
        return plan;
      },
    });
    const { incidentId } = wish;
    const { running, purpose, terms, policy } = checked;
    const plannedId = running?.id ?? grantId;
    const details = { purpose, cameraIds, isAddition: running !== null, policyHash: terms.policyHash };
    const act = { type: 'grant.created' as const, target: { kind: 'incident' as const, id: incidentId }, details };
    const grant = await this.#access
      .commit(user, { ...act, grantId: plannedId }, async (tx) => {
        const made = await grantWithin(tx, { ...user, incidentId, purpose, cameraIds, grantId, terms, policy });
        // The running one ended: a new one may need an approval. Or one came to be: the line would name another.
        if (made.id !== plannedId) throw new GrantHasChanged();
        return made;
      })
      .catch((error: unknown) => {
        if (error instanceof GrantHasChanged) return null;
        throw error;
      });
    if (grant !== null) void this.#notices.tell('grantChanged', { agencyId: user.agencyId, grant });
    return grant;
  }

  /** Moves the own running grant's end by the purpose's duration from now, up to where the policy stops it. */
  async extend(actor: Actor, id: string): Promise<Grant> {
    const { user, found, checked } = await this.#access.requireAccess(actor, 'grant.request', {
      auditType: 'grant.extended',
      target: this.#ownTarget(actor, id),
      check: async ({ agencyId }, grant) => {
        if (!isRunning(grant, new Date())) throw new CodedError('grantNeeded');
        if (grant.isBreakGlass) {
          throw new CodedError('conflict', 'Emergency access cannot be extended. Ask for approval, or use it anew.');
        }
        const incident = await findIncident(this.#db, agencyId, grant.incidentId);
        if (incident === null) throw new CodedError('notFound');
        assertOpen(incident);
        if (grant.endsAt >= grant.latestEndsAt) {
          throw new CodedError('conflict', 'The policy lets this access run no longer. Ask for it anew.');
        }
        const terms = grantTerms(await this.#policies.current(agencyId), grant.purpose, incident);
        // The policy may ask for an approval only since this was given.
        if (terms.needsApproval && !(await isApproved(this.#db, grant))) throw new CodedError('approvalNeeded');
        return terms;
      },
      describe: () => ({ grantId: id }),
    });
    const now = new Date();
    const wishedMs = Math.max(found.endsAt.getTime(), now.getTime() + checked.defaultMs);
    const endsAt = new Date(Math.min(wishedMs, found.latestEndsAt.getTime()));
    const isExtended = await extendGrant(this.#db, { agencyId: user.agencyId, id }, endsAt, now);
    if (!isExtended) throw new CodedError('grantNeeded');
    const grant = toWireGrant({ ...found, endsAt });
    void this.#notices.tell('grantChanged', { agencyId: user.agencyId, grant });
    return grant;
  }

  /** Ends the own grant, and with it its viewings. */
  async end(actor: Actor, id: string): Promise<Grant> {
    const { user, found } = await this.#access.requireAccess(actor, 'grant.request', {
      auditType: 'grant.ended',
      target: this.#ownTarget(actor, id),
      describe: () => ({ grantId: id, details: { reason: 'endedByUser' } }),
    });
    const owner = { agencyId: user.agencyId, id };
    const grant = await endGrant(this.#db, owner, { at: new Date(), reason: 'endedByUser' });
    // Ending twice is no error: what the user wants is so.
    if (grant === null) return toWireGrant(found);
    void this.#notices.tell('grantEnded', { agencyId: user.agencyId, grant, reason: 'endedByUser' });
    return grant;
  }

  /** Every running grant of the agency, with who holds it. */
  async listAll(actor: Actor): Promise<(Grant & { user: User })[]> {
    const { user } = await this.#access.requireAccess(actor, 'grant.revoke', { auditType: 'grant.listed' });
    return listRunningGrantsOfAll(this.#db, user.agencyId, new Date());
  }

  /** Ends another user's grant, and with it its viewings, which show by whom and why. */
  async revoke(actor: Actor, id: string, note: string): Promise<Grant> {
    const { user } = await this.#access.requireAccess(actor, 'grant.revoke', {
      auditType: 'grant.ended',
      target: { kind: 'grant', id, find: (agencyId) => findGrant(this.#db, agencyId, id) },
      check: async (_user, grant) => {
        if (grant.endedAt !== null) throw new CodedError('conflict', 'This access has ended already.');
      },
      describe: (_checked, { userId }) => ({ grantId: id, details: { reason: 'revoked', userId, note } }),
    });
    const { agencyId } = user;
    const grant = await endGrant(this.#db, { agencyId, id }, { at: new Date(), reason: 'revoked' });
    if (grant === null) throw new CodedError('conflict', 'This access has ended already.');
    void this.#notices.tell('grantEnded', { agencyId, grant, reason: 'revoked', by: actorAsUser(user), note });
    return grant;
  }

  /**
   * The user's running grant for the camera under the incident (CON1). Throws `notFound` for an unknown incident,
   * `incidentClosed` for a closed one, `grantNeeded` otherwise. The caller writes the audit event: pass this as the
   * `check` of `requireAccess`.
   */
  async requireGrant(user: UserActor, cameraId: string, incidentId: string): Promise<RunningGrant> {
    const incident = await findIncident(this.#db, user.agencyId, incidentId);
    if (incident === null) throw new CodedError('notFound');
    assertOpen(incident);
    const unended = await listUnendedGrantsOf(this.#db, { ...user, incidentId });
    const now = new Date();
    // One by break-glass stands last: where another one does, nobody looks without an approval.
    const grant = unended.find((row) => isRunning(row, now) && row.cameraIds.includes(cameraId));
    if (grant === undefined) throw new CodedError('grantNeeded');
    return {
      grant: toWireGrant(grant),
      incident: { id: incident.id, number: incident.number, title: incident.title },
    };
  }

  /** A grant of another user is not found, like one of another agency. */
  #ownTarget(actor: Actor, id: string) {
    return {
      kind: 'grant' as const,
      id,
      find: async (agencyId: string) => {
        const grant = await findGrant(this.#db, agencyId, id);
        return actor.kind === 'user' && grant?.userId === actor.userId ? grant : null;
      },
    };
  }
}
