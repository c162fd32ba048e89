import { createPublicKey } from 'node:crypto';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Audit } from '../audit/Audit.ts';
import type { LogSigner } from '../audit/LogSigner.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { GrantSigner } from '../grants/GrantSigner.ts';
import { newId } from '../ids.ts';
import { findSite } from '../sites/siteRepository.ts';
import { hashEnrolmentCode, makeEnrolmentCode } from './enrolmentCode.ts';
import { type EnrolmentCodeRow, findCode, insertCode, insertRelay, useCode } from './relayRepository.ts';

const codeLifeMs = 10 * 60 * 1000;

export interface EnrolledRelay {
  relayId: string;
  siteId: string;
  siteName: string;
  serverPublicKey: string;
  logKey: string;
}

/** How a relay becomes one of a site: a one-time code for its key (ENR1, ENR2). */
export class Enrolment {
  readonly #db: Db;
  readonly #access: Access;
  readonly #audit: Pick<Audit, 'record'>;
  readonly #signer: Pick<GrantSigner, 'publicKey'>;
  readonly #logSigner: Pick<LogSigner, 'verifierKeyOf'>;

  constructor(parts: {
    db: Db;
    access: Access;
    audit: Pick<Audit, 'record'>;
    signer: Pick<GrantSigner, 'publicKey'>;
    logSigner: Pick<LogSigner, 'verifierKeyOf'>;
  }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#audit = parts.audit;
    this.#signer = parts.signer;
    this.#logSigner = parts.logSigner;
  }

  /** Makes a code. It is in this answer and nowhere else. */
  async createCode(actor: Actor, siteId: string): Promise<{ code: string; expiresAt: string }> {
    const { user } = await this.#access.requireAccess(actor, 'relay.administer', {
      auditType: 'relay.codeCreated',
      target: { kind: 'site', id: siteId, find: (agencyId) => findSite(this.#db, agencyId, siteId) },
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

  /** Takes a code for a relay's public key. Every reason to refuse looks the same from outside (ENR4). */
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
    const site = await findSite(this.#db, code.agencyId, code.siteId);
    if (site === null) return this.#refuse(actor, code, 'unknownSite');

    // Claimed before the line is written: of two relays with one code only the first gets so far, so that each line of
    // an enrolment has its relay. A claim gives nobody anything; when the line fails, the code is used up and no more.
    if (!(await useCode(this.#db, code.id, now))) return this.#refuse(actor, code, 'usedCode');
    const relayId = newId();
    await this.#audit.record({
      type: 'relay.enrolled',
      outcome: 'done',
      actor,
      agencyId: code.agencyId,
      target: { kind: 'relay', id: relayId },
      details: { siteId: code.siteId, name: request.name },
    });
    await insertRelay(this.#db, {
      id: relayId,
      agencyId: code.agencyId,
      siteId: code.siteId,
      name: request.name,
      publicKey: request.publicKey,
      enrolledAt: now,
    });
    return {
      relayId,
      siteId: site.id,
      siteName: site.name,
      serverPublicKey: this.#signer.publicKey,
      logKey: this.#logSigner.verifierKeyOf(code.agencyId),
    };
  }

  async #refuse(actor: Actor, code: EnrolmentCodeRow | null, reason: string): Promise<never> {
    await this.#audit.record({
      type: 'relay.refused',
      outcome: 'refused',
      actor,
      agencyId: code?.agencyId ?? null,
      target: code === null ? null : { kind: 'site', id: code.siteId },
      details: { reason },
    });
    throw new CodedError('codeNotAccepted');
  }
}

function isEd25519(publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}
