import type { Grant } from '@commonsight/types/grant';
import type { BreakGlass as WireUse, Reauthentication as Proof } from '@commonsight/types/grant-request';
import type { Role } from '@commonsight/types/permission';
import type { Purpose } from '@commonsight/types/purpose';
import { type Access, holdsPermission } from '../access/Access.ts';
import type { Actor, UserActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { type IncidentRow, findIncident } from '../incidents/incidentRepository.ts';
import type { Notices } from '../notices.ts';
import type { Policies } from '../policy/Policies.ts';
import type { Factors } from '../sessions/Factors.ts';
import {
  countOverdue,
  findBreakGlass,
  insertBreakGlass,
  justifyBreakGlass,
  listBreakGlass,
  readBreakGlass,
} from './breakGlassRepository.ts';
import { endDueGrants } from './endDueGrants.ts';
import { listUnendedGrantsOf } from './grantRepository.ts';
import { grantTerms } from './grantTerms.ts';
import { assertOpen, assertWatchable, choosePurpose, grantWithin, isRunning } from './grantWithin.ts';
import { tellOverdue } from './tellOverdue.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Those without a justification stand first, so that none of them is left out. */
const listedUses = 200;

export interface BreakGlassParts {
  db: Db;
  access: Access;
  audit: Audit;
  notices: Notices;
  policies: Pick<Policies, 'current'>;
  factors: Pick<Factors, 'reauthenticate'>;
}

interface Wish {
  incidentId: string;
  purpose: Purpose;
  cameraIds: readonly string[];
  reauthentication: Proof;
}

/** Looking at once in an emergency, without the approval that a purpose needs: told at once, justified afterwards. */
export class BreakGlass {
  readonly #parts: BreakGlassParts;

  constructor(parts: BreakGlassParts) {
    this.#parts = parts;
  }

  /** Makes a grant beside the one that may run for the incident, or adds cameras to the running one by break-glass. */
  async use(actor: Actor, wish: Wish): Promise<Grant> {
    const { db, access, notices } = this.#parts;
    const { incidentId, purpose } = wish;
    const cameraIds = [...new Set(wish.cameraIds)];
    const newGrantId = newId();
    const { user, checked } = await access.requireAccess(actor, 'grant.request', {
      auditType: 'breakGlass.used',
      record: 'refusals',
      target: { kind: 'incident', id: incidentId, find: (agencyId) => findIncident(db, agencyId, incidentId) },
      cameras: () => ({ permission: 'camera.view', ids: cameraIds }),
      check: async (asker, incident) => {
        await endDueGrants(this.#parts, new Date());
        const plan = await this.#plan(asker, incident, { purpose, cameraIds });
        // Last, so that no code is used up for what is refused anyway.
        await this.#parts.factors.reauthenticate(asker, wish.reauthentication);
        return plan;
      },
    });
    const { agencyId, userId } = user;
    const { policy, running, terms } = checked;
    const grantId = running?.id ?? newGrantId;
    const details = { incidentId, purpose, cameraIds, isAddition: running !== null, policyHash: terms.policyHash };
    const grant = await access.commit(
      user,
      { type: 'breakGlass.used', target: { kind: 'incident', id: incidentId }, grantId, details },
      async (tx) => {
        const made = await grantWithin(tx, {
          agencyId,
          userId,
          incidentId,
          purpose,
          cameraIds,
          terms,
          policy,
          grantId: newGrantId,
          isBreakGlass: true,
        });
        if (made.id !== grantId) throw new CodedError('conflict', 'This has just changed. Try again.');
        if (running !== null) return made;
        const startedAt = new Date(made.startsAt);
        const dueAt = new Date(startedAt.getTime() + policy.pack.breakGlass.justificationHours * hourMs);
        await insertBreakGlass(tx, { grantId, agencyId, startedAt, dueAt });
        return made;
      },
    );
    void notices.tell('grantChanged', { agencyId, grant });
    await this.#tell(agencyId, grantId);
    return grant;
  }

  /** The caller's own, and for who may approve, those of the agency; with how many of them are overdue. */
  async list(actor: Actor): Promise<{ uses: WireUse[]; overdue: number }> {
    const { db, access } = this.#parts;
    const { user } = await access.requireAccess(actor, 'grant.request', {
      auditType: 'breakGlass.used',
      record: 'refusals',
    });
    const userId = holdsPermission(user, 'grant.approve') ? null : user.userId;
    const of = { agencyId: user.agencyId, userId, now: new Date(), limit: listedUses };
    return { uses: await listBreakGlass(db, of), overdue: await countOverdue(db, of) };
  }

  /** Writes why; once, late or not, by who broke the glass. Another user's use is not found. */
  async justify(actor: Actor, grantId: string, text: string): Promise<WireUse> {
    const { db, access } = this.#parts;
    const { user, found } = await access.requireAccess(actor, 'grant.request', {
      auditType: 'breakGlass.justified',
      record: 'refusals',
      target: {
        kind: 'grant',
        id: grantId,
        find: async (agencyId) => {
          const use = await findBreakGlass(db, agencyId, grantId);
          return actor.kind === 'user' && use?.userId === actor.userId ? use : null;
        },
      },
      check: async (_user, use) => {
        if (use.justifiedAt !== null) throw justifiedAlready();
      },
    });
    const { agencyId, incidentId } = found;
    await access.commit(
      user,
      {
        type: 'breakGlass.justified',
        target: { kind: 'grant', id: grantId },
        grantId,
        details: { incidentId, justification: text },
      },
      async (tx) => {
        if (!(await justifyBreakGlass(tx, found, { text, at: new Date() }))) throw justifiedAlready();
      },
    );
    return this.#tell(agencyId, grantId);
  }

  /** Writes down and tells what has become overdue. Run by a timer; answers when the next one will. */
  tellOverdue(now: Date): Promise<Date | null> {
    return tellOverdue({ ...this.#parts, changed: (agencyId, id) => this.#tell(agencyId, id) }, now);
  }

  async #plan(
    { agencyId, userId, role }: UserActor,
    incident: IncidentRow,
    { purpose, cameraIds }: { purpose: Purpose; cameraIds: readonly string[] },
  ) {
    const { db, policies } = this.#parts;
    assertOpen(incident);
    const policy = await policies.current(agencyId);
    const { purposes, maximumMinutes } = policy.pack.breakGlass;
    const roles: readonly Role[] = policy.pack.breakGlass.roles;
    if (!roles.includes(role)) throw new CodedError('notPermitted', 'The policy gives your role no emergency access.');
    if (!purposes.includes(purpose)) {
      throw new CodedError('notPermitted', 'The policy gives no emergency access for this purpose.');
    }
    await assertWatchable(db, agencyId, cameraIds, policy);
    const { needsApproval, policyHash } = grantTerms(policy, purpose, incident);
    if (!needsApproval) throw new CodedError('conflict', 'This purpose needs no approval. Ask for the access itself.');
    const now = new Date();
    const unended = await listUnendedGrantsOf(db, { agencyId, userId, incidentId: incident.id });
    const grants = unended.filter((grant) => isRunning(grant, now));
    const running = grants.find((grant) => grant.isBreakGlass) ?? null;
    choosePurpose(purpose, running);
    if (cameraIds.every((id) => grants.some((grant) => grant.cameraIds.includes(id)))) {
      throw new CodedError('conflict', 'You have access to these cameras already.');
    }
    const maximumMs = maximumMinutes * minuteMs;
    return { policy, running, terms: { policyHash, defaultMs: maximumMs, maximumMs } };
  }

  async #tell(agencyId: string, grantId: string): Promise<WireUse> {
    const use = await readBreakGlass(this.#parts.db, agencyId, grantId, new Date());
    void this.#parts.notices.tell('breakGlassChanged', { agencyId, use });
    return use;
  }
}

function justifiedAlready(): CodedError {
  return new CodedError('conflict', 'The justification has been written already.');
}
