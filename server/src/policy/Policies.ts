import { readFile } from 'node:fs/promises';
import { type Policy, type PolicyProposal, type PolicySession, policyProposalHours } from '@commonsight/types/policy';
import type { Access } from '../access/Access.ts';
import type { Actor, UserActor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import { ConfigError } from '../config.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { endResidentialGrants } from '../grants/grantRepository.ts';
import { newId } from '../ids.ts';
import type { Notices } from '../notices.ts';
import { comparePolicies } from './comparePolicies.ts';
import {
  type ProposalRow,
  decideProposal,
  findActiveHash,
  findActivePolicy,
  findPeople,
  findPolicyText,
  findProposal,
  insertFirstPolicy,
  insertProposal,
  listOverdueProposals,
  listProposals,
  replacePolicy,
} from './policyRepository.ts';
import { type PolicyFile, PolicyError, readPolicy } from './readPolicy.ts';
import { shortenGrants } from './shortenGrants.ts';

const proposalMs = policyProposalHours * 60 * 60 * 1000;
const listedProposals = 50;

export interface PoliciesParts {
  db: Db;
  access: Access;
  audit: Audit;
  notices: Notices;
  /** The pack that an agency begins with. */
  firstPolicy: PolicyFile;
}

/**
 * The policy packs that agencies go by. Each agency's active pack is a record; it begins with the server's, and only
 * two people together change it.
 */
export class Policies {
  readonly #parts: PoliciesParts;
  /** A pack never changes under its hash. */
  readonly #packs = new Map<string, PolicyFile>();
  readonly #adopting = new Map<string, Promise<PolicyFile>>();

  private constructor(parts: PoliciesParts) {
    this.#parts = parts;
  }

  /** Reads the file that agencies begin with; throws a `ConfigError` that names the line. */
  static async create(parts: Omit<PoliciesParts, 'firstPolicy'> & { policyFile: string }): Promise<Policies> {
    const { policyFile, ...rest } = parts;
    try {
      return new Policies({ ...rest, firstPolicy: readPolicy(await readFile(policyFile, 'utf8')) });
    } catch (error) {
      const reason = error instanceof PolicyError ? error.message : 'The file cannot be read.';
      throw new ConfigError(`The setting POLICY_FILE is wrong: ${reason}`, { cause: error });
    }
  }

  /** The pack that the agency goes by now. */
  async current(agencyId: string): Promise<PolicyFile> {
    const hash = await findActiveHash(this.#parts.db, agencyId);
    if (hash !== null) return this.#load(agencyId, hash);
    // The first askers of an agency share one beginning, and one line.
    const adopting = this.#adopting.get(agencyId) ?? this.#adopt(agencyId);
    this.#adopting.set(agencyId, adopting);
    return adopting.finally(() => this.#adopting.delete(agencyId));
  }

  /** The times that the agency's sessions keep. */
  async sessionRules(agencyId: string): Promise<PolicySession> {
    return (await this.current(agencyId)).pack.session;
  }

  /** The active pack as it is published. */
  async show(actor: UserActor): Promise<Policy> {
    const { db } = this.#parts;
    const { pack, text, hash } = await this.current(actor.agencyId);
    const row = await findActivePolicy(db, actor.agencyId);
    if (row === null || row.hash !== hash) throw new CodedError('conflict', 'The policy is just being changed.');
    const people = await findPeople(db, actor.agencyId, [row.proposedBy, row.approvedBy]);
    return {
      hash,
      text,
      pack,
      activeSince: row.activeSince.toISOString(),
      proposedBy: people.get(row.proposedBy ?? '') ?? null,
      approvedBy: people.get(row.approvedBy ?? '') ?? null,
    };
  }

  async listProposals(actor: Actor): Promise<PolicyProposal[]> {
    const { user } = await this.#parts.access.requireAccess(actor, 'policy.propose', { auditType: 'policy.listed' });
    const rows = await listProposals(this.#parts.db, user.agencyId, listedProposals);
    return this.#toWire(user.agencyId, rows);
  }

  /** Proposes the text of a pack's file. Throws `badRequest` with the line for what is none. */
  async propose(actor: Actor, text: string): Promise<PolicyProposal> {
    const id = newId();
    const { user, checked } = await this.#parts.access.requireAccess(actor, 'policy.propose', {
      auditType: 'policy.proposed',
      record: 'refusals',
      check: async ({ agencyId }) => {
        const proposed = readProposed(text);
        const active = await this.current(agencyId);
        if (active.hash === proposed.hash) throw new CodedError('conflict', 'This is the policy that is active.');
        return { proposed, active };
      },
    });
    const { proposed, active } = checked;
    const now = new Date();
    const row = {
      id,
      agencyId: user.agencyId,
      state: 'proposed' as const,
      hash: proposed.hash,
      text,
      baseHash: active.hash,
      proposedBy: user.userId,
      proposedAt: now,
      expiresAt: new Date(now.getTime() + proposalMs),
    };
    const details = { proposalId: id, policyHash: proposed.hash, activePolicyHash: active.hash };
    await this.#parts.access.commit(user, { type: 'policy.proposed', details }, async (tx) => {
      if (await insertProposal(tx, row)) return;
      throw new CodedError('conflict', 'Another proposal waits. Approve or refuse it first.');
    });
    return this.#tell({ ...row, decidedBy: null, decidedAt: null });
  }

  /** Makes a proposed pack the active one: at once for new grants, and running ones end where it lets them. */
  async approve(actor: Actor, id: string): Promise<PolicyProposal> {
    const { access, notices } = this.#parts;
    const { user, found } = await access.requireAccess(actor, 'policy.approve', {
      auditType: 'policy.changed',
      record: 'refusals',
      target: this.#target(id),
      check: async ({ userId, agencyId }, proposal) => {
        assertWaiting(proposal);
        if (proposal.proposedBy === userId) {
          throw new CodedError('conflict', 'You have proposed this yourself. Another person has to approve it.');
        }
        if ((await this.current(agencyId)).hash !== proposal.baseHash) {
          throw new CodedError('conflict', 'The policy has changed since this was proposed. Propose it again.');
        }
      },
    });
    const { agencyId, userId } = user;
    const { pack } = readProposed(found.text);
    const now = new Date();
    const details = { policyHash: found.hash, activePolicyHash: found.baseHash };
    const act = { type: 'policy.changed' as const, target: { kind: 'policy' as const, id }, details };
    const { decided, ended, shortened } = await access.commit(user, act, async (tx) => {
      const row = await decideProposal(tx, { agencyId, id }, { state: 'approved', by: userId, at: now });
      if (row === null) throw alreadyDecided();
      await replacePolicy(tx, {
        id: newId(),
        agencyId,
        hash: found.hash,
        text: found.text,
        activeSince: now,
        proposedBy: found.proposedBy,
        approvedBy: userId,
      });
      return {
        decided: row,
        // Ended first, so that nothing is told of them as if they went on.
        ended: pack.residential.allowsLiveView ? [] : await endResidentialGrants(tx, agencyId, now),
        shortened: await shortenGrants(tx, { agencyId, pack, policyHash: found.hash, now }),
      };
    });
    for (const grant of ended) void notices.tell('grantEnded', { agencyId, grant, reason: 'policyChanged' });
    for (const grant of shortened) void notices.tell('grantChanged', { agencyId, grant });
    return this.#tell(decided);
  }

  async refuse(actor: Actor, id: string): Promise<PolicyProposal> {
    const { access } = this.#parts;
    const { user, found } = await access.requireAccess(actor, 'policy.approve', {
      auditType: 'policy.refused',
      record: 'refusals',
      target: this.#target(id),
      check: async (_user, proposal) => assertWaiting(proposal),
    });
    const { agencyId, userId } = user;
    const act = { type: 'policy.refused' as const, target: { kind: 'policy' as const, id } };
    const decided = await access.commit(user, { ...act, details: { policyHash: found.hash } }, async (tx) => {
      const row = await decideProposal(tx, { agencyId, id }, { state: 'refused', by: userId, at: new Date() });
      if (row === null) throw alreadyDecided();
      return row;
    });
    return this.#tell(decided);
  }

  /** Refuses proposals that nobody has decided on in time. Run by a timer. */
  async endOverdueProposals(now: Date): Promise<void> {
    const { db, audit } = this.#parts;
    for (const { agencyId, id, hash, expiresAt } of await listOverdueProposals(db, now)) {
      const decided = await audit.recordOnce(
        {
          type: 'policy.refused',
          outcome: 'done',
          actor: { kind: 'system', agencyId },
          target: { kind: 'policy', id },
          details: { policyHash: hash, reason: 'timedOut' },
        },
        (tx) => decideProposal(tx, { agencyId, id }, { state: 'timedOut', by: null, at: expiresAt }),
      );
      if (decided !== null) await this.#tell(decided);
    }
  }

  /** The agency's first pack: a line, then the record. */
  async #adopt(agencyId: string): Promise<PolicyFile> {
    const { db, audit, firstPolicy } = this.#parts;
    const { hash, text, pack } = firstPolicy;
    // Who asked before the first one was made, and heard of it after, makes no second one.
    const made = await findActiveHash(db, agencyId);
    if (made !== null) return this.#load(agencyId, made);
    await audit.record({
      type: 'policy.adopted',
      outcome: 'done',
      actor: { kind: 'system', agencyId },
      details: { policyHash: hash, name: pack.name },
    });
    await insertFirstPolicy(db, { id: newId(), agencyId, hash, text, activeSince: new Date() });
    const active = await findActiveHash(db, agencyId);
    if (active === null) throw new Error('The agency has no policy right after its first one was made.');
    return this.#load(agencyId, active);
  }

  async #load(agencyId: string, hash: string): Promise<PolicyFile> {
    const known = this.#packs.get(hash);
    if (known !== undefined) return known;
    const text = await findPolicyText(this.#parts.db, agencyId, hash);
    if (text === null) throw new Error('The text of the active policy is gone.');
    const file = readPolicy(text);
    // Whoever can write to the database must not change what the agency goes by without changing its hash.
    if (file.hash !== hash)
      throw new Error('The text of the active policy does not have the hash that it was approved with.');
    this.#packs.set(hash, file);
    return file;
  }

  #target(id: string) {
    return { kind: 'policy' as const, id, find: (agencyId: string) => findProposal(this.#parts.db, agencyId, id) };
  }

  async #tell(row: ProposalRow): Promise<PolicyProposal> {
    const [proposal] = await this.#toWire(row.agencyId, [row]);
    if (proposal === undefined) throw new Error('The proposer is gone.');
    void this.#parts.notices.tell('policyProposalChanged', { agencyId: row.agencyId, proposal });
    return proposal;
  }

  async #toWire(agencyId: string, rows: readonly ProposalRow[]): Promise<PolicyProposal[]> {
    const people = await findPeople(
      this.#parts.db,
      agencyId,
      rows.flatMap((row) => [row.proposedBy, row.decidedBy]),
    );
    const wire: PolicyProposal[] = [];
    for (const row of rows) {
      const proposedBy = people.get(row.proposedBy);
      if (proposedBy === undefined) continue;
      const base = await this.#load(agencyId, row.baseHash);
      wire.push({
        id: row.id,
        state: row.state,
        hash: row.hash,
        text: row.text,
        differences: comparePolicies(base.pack, readPolicy(row.text).pack),
        proposedBy,
        proposedAt: row.proposedAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        decidedBy: people.get(row.decidedBy ?? '') ?? null,
        decidedAt: row.decidedAt?.toISOString() ?? null,
      });
    }
    return wire;
  }
}

function readProposed(text: string): PolicyFile {
  try {
    return readPolicy(text);
  } catch (error) {
    if (error instanceof PolicyError) throw new CodedError('badRequest', error.message);
    throw error;
  }
}

function alreadyDecided(): CodedError {
  return new CodedError('conflict', 'Somebody else has decided on this.');
}

function assertWaiting(proposal: ProposalRow): void {
  if (proposal.state !== 'proposed' || proposal.expiresAt <= new Date()) {
    throw new CodedError('conflict', 'This proposal does not wait any more.');
  }
}
