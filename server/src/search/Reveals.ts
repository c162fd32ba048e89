import type { Reveal, RevealedContact } from '@commonsight/types/search';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { grantTerms } from '../grants/grantTerms.ts';
import { newId } from '../ids.ts';
import { lockIncident } from '../incidents/incidentRepository.ts';
import type { Policies } from '../policy/Policies.ts';
import { isCanary } from '../registry/canaryRepository.ts';
import { raiseCanaryFinding } from '../registry/raiseCanaryFinding.ts';
import type { RegistryKeys } from '../registry/RegistryKeys.ts';
import { toContact } from '../registry/sealing.ts';
import { findFindable, insertReveal } from '../registry/revealRepository.ts';

/** Whom to ask about a registered camera: one at a time, for a purpose, and so that the registrant reads of it. */
export class Reveals {
  readonly #parts: { db: Db; access: Access; audit: Audit; policies: Pick<Policies, 'current'>; keys: RegistryKeys };

  constructor(parts: {
    db: Db;
    access: Access;
    audit: Audit;
    policies: Pick<Policies, 'current'>;
    keys: RegistryKeys;
  }) {
    this.#parts = parts;
  }

  /** The line and what the registrant reads are one commit, before the contact is opened. */
  async reveal(actor: Actor, id: string, asked: Reveal): Promise<RevealedContact> {
    const { db, access, policies, keys } = this.#parts;
    const now = new Date();
    const type = 'registration.revealed';
    const {
      user,
      found: row,
      checked: policy,
    } = await access.requireAccess(actor, 'registry.reveal', {
      auditType: type,
      record: 'refusals',
      target: { kind: 'registration', id, find: (agencyId) => findFindable(db, agencyId, id, now) },
      check: async ({ agencyId }) => {
        const current = await policies.current(agencyId);
        if (asked.incidentId === null) grantTerms(current, asked.purpose, { isTraining: false });
        return current;
      },
    });
    const { agencyId, userId } = user;
    const act = { type, target: { kind: 'registration', id }, details: { ...asked } } as const;
    await access.commit(user, act, async (tx) => {
      if (asked.incidentId !== null) {
        const incident = await lockIncident(tx, agencyId, asked.incidentId);
        if (incident === null) throw new CodedError('notFound');
        if (incident.closedAt !== null) throw new CodedError('incidentClosed');
        grantTerms(policy, asked.purpose, incident);
      }
      const written = await insertReveal(tx, { id: newId(), agencyId, registrationId: id, userId, ...asked, at: now });
      if (written === 'tooMany') {
        throw new CodedError('tooManyRequests', 'You have revealed as many contacts as an hour allows. Wait a while.');
      }
      if (written === 'gone') throw new CodedError('notFound');
    });
    if (await isCanary(db, id)) {
      const note = 'The contact of a canary was revealed. Nobody has this camera: ask why it was needed.';
      await raiseCanaryFinding(this.#parts, { user, type, target: act.target, note });
    }
    return toContact(keys, row);
  }
}
