import { createPublicKey } from 'node:crypto';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Act, Audit } from '../audit/Audit.ts';
import type { LogSigner } from '../audit/LogSigner.ts';
import type { Db } from '../db/Database.ts';
import { CodedError, codeOf } from '../errors.ts';
import type { GrantSigner } from '../grants/GrantSigner.ts';
import { newId } from '../ids.ts';
import { findSite, lockSite } from '../sites/siteRepository.ts';
import { hashEnrolmentCode, makeEnrolmentCode } from './enrolmentCode.ts';
import {
  type EnrolmentCodeRow,
  findCode,
  insertCode,
  insertRelay,
  listRelaysOfSite,
  useCode,
} from './relayRepository.ts';

const codeLifeMs = 10 * 60 * 1000;

export interface EnrolledRelay {
  relayId: string;
  siteId: string;
  siteName: string;
  serverPublicKey: string;
  logKey: string;
}

/** How a relay becomes a site's: a one-time code for its key (ENR1, ENR2), while the site has no other (ENR5). */
export class Enrolment {
  readonly #db: Db;
  readonly #access: Access;
  readonly #audit: Pick<Audit, 'record' | 'recordOnce'>;
  readonly #signer: Pick<GrantSigner, 'publicKey'>;
  readonly #logSigner: Pick<LogSigner, 'verifierKeyOf'>;

  constructor(parts: {
    db: Db;
    access: Access;
    audit: Pick<Audit, 'record' | 'recordOnce'>;
    signer: Pick<GrantSigner, 'publicKey'>;
    logSigner: Pick<LogSigner, 'verifierKeyOf'>;
  }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#audit = parts.audit;
    this.#signer = parts.signer;
    this.#logSigner = parts.logSigner;
  }

  /** Makes a code. It is in this answer and nowhere else. `conflict` for a site that has a relay. */
  async createCode(actor: Actor, siteId: string): Promise<{ code: string; expiresAt: string }> {
    const { user } = await this.#access.requireAccess(actor, 'relay.administer', {
      auditType: 'relay.codeCreated',
      target: { kind: 'site', id: siteId, find: (agencyId) => findSite(this.#db, agencyId, siteId) },
      check: (_user, site) => assertNoRelay(this.#db, site.agencyId, siteId),
    });
    const code = makeEnrolmentCode();
    const now = new Date();
    const expiresAt = new Date(now.getTime() + codeLifeMs);
    await insertCode(this.#db, {
      id: newId(),
      agencyId: user.agencyId,
      siteId,
      codeHash: hashEnrolmentCode(code),
      createdBy: user.userId,
      createdAt: now,
      expiresAt,
    });
    return { code, expiresAt: expiresAt.toISOString() };
  }

  /**
   * Takes a code for a relay's public key. Every reason to refuse looks the same from outside (ENR4), but that a site has a
   * relay, which is told to whoever has a good code for it: the code stays good until its end.
   */
  async enrol(
    actor: Actor,
    request: { code: string; publicKey: string; name: string },
    now: Date = new Date(),
  ): Promise<EnrolledRelay> {
    const code = await findCode(this.#db, hashEnrolmentCode(request.code));
    if (!isEd25519(request.publicKey)) return this.#refuse(actor, code, 'wrongKey');
    if (code === null) return this.#refuse(actor, null, 'unknownCode');
    if (code.usedAt !== null) return this.#refuse(actor, code, 'usedCode');
    if (code.expiresAt <= now) return this.#refuse(actor, code, 'expiredCode');
    const { agencyId, siteId } = code;
    const site = await findSite(this.#db, agencyId, siteId);
    if (site === null) return this.#refuse(actor, code, 'unknownSite');

    const relayId = newId();
    const { publicKey, name } = request;
    const act: Act = {
      type: 'relay.enrolled',
      outcome: 'done',
      actor,
      agencyId,
      target: { kind: 'relay', id: relayId },
      details: { siteId, name },
    };
    try {
      // One commit: of two relays with one code, or with a code each for one site, the second has neither line nor record.
      const enrolled = await this.#audit.recordOnce(act, async (tx) => {
        await lockSite(tx, agencyId, siteId);
        if (!(await useCode(tx, code.id, now))) return null;
        await assertNoRelay(tx, agencyId, siteId);
        await insertRelay(tx, { id: relayId, agencyId, siteId, name, publicKey, enrolledAt: now });
        return code;
      });
      if (enrolled === null) return await this.#refuse(actor, code, 'usedCode');
    } catch (error) {
      if (codeOf(error) === 'conflict') await this.#writeRefusal(actor, code, 'siteHasRelay');
      throw error;
    }
    return {
      relayId,
      siteId: site.id,
      siteName: site.name,
      serverPublicKey: this.#signer.publicKey,
      logKey: this.#logSigner.verifierKeyOf(code.agencyId),
    };
  }

  async #refuse(actor: Actor, code: EnrolmentCodeRow | null, reason: string): Promise<never> {
    await this.#writeRefusal(actor, code, reason);
    throw new CodedError('codeNotAccepted');
  }

  #writeRefusal(actor: Actor, code: EnrolmentCodeRow | null, reason: string): Promise<void> {
    return this.#audit.record({
      type: 'relay.refused',
      outcome: 'refused',
      actor,
      agencyId: code?.agencyId ?? null,
      target: code === null ? null : { kind: 'site', id: code.siteId },
      details: { reason },
    });
  }
}

/**
 * A site has one relay at most: of two, one would stream by its owner's word while the other hears the owner's next one, and
 * whoever makes codes could take an owner's control away (ENR5).
 */
async function assertNoRelay(db: Db, agencyId: string, siteId: string): Promise<void> {
  if ((await listRelaysOfSite(db, agencyId, siteId)).length === 0) return;
  throw new CodedError('conflict', 'This site has a relay. Revoke that one first.');
}

function isEd25519(publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}
