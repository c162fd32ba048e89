import { type Area, registrantSessionMinutes } from '@commonsight/types/registration';
import type { AuditType } from '@commonsight/types/audit-event';
import type { Actor } from '../access/Actor.ts';
import type { Act, Audit } from '../audit/Audit.ts';
import type { Refusals } from '../audit/Refusals.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { slugOf } from '../transparency/slugOf.ts';
import {
  findLink,
  findSession,
  insertSession,
  removeSession,
  type SessionRow,
  useLink,
} from './registrantRepository.ts';
import { findRegistryAgency, updateRegistration } from './registrationRepository.ts';
import { hashOfSecret, makeSecret } from '../secrets.ts';

const minuteMs = 60_000;

export interface OpenedLink {
  session: { secret: string; expiresAt: string };
  verifiedId: string | null;
  agency: { slug: string; name: string; area: Area | null };
}

/** Who has opened a mailed link: for a while that person reaches the registrations of the mail address. */
export class Registrants {
  readonly #db: Db;
  readonly #audit: Audit;
  readonly #refusals: Pick<Refusals, 'refuse'>;
  readonly #closeOpened: (tx: Db, sessionId: string) => Promise<void>;

  /** `closeOpened` closes what a session has opened elsewhere. */
  constructor(parts: {
    db: Db;
    audit: Audit;
    refusals: Pick<Refusals, 'refuse'>;
    closeOpened: (tx: Db, sessionId: string) => Promise<void>;
  }) {
    this.#db = parts.db;
    this.#audit = parts.audit;
    this.#refusals = parts.refusals;
    this.#closeOpened = parts.closeOpened;
  }

  /** `codeNotAccepted`, and a line, for a secret that opens nothing; a link opens once. */
  async open(actor: Actor, secret: string): Promise<OpenedLink> {
    const now = new Date();
    const secretHash = hashOfSecret(secret);
    const link = await findLink(this.#db, secretHash, now);
    if (link === null) return this.refuse({ type: 'registration.linkOpened', actor }, 'codeNotAccepted');
    const { agencyId, registrationId, emailHash } = link;
    const target = registrationId === null ? null : { kind: 'registration' as const, id: registrationId };
    const done = { outcome: 'done' as const, actor, agencyId, target };
    const opened: Act = { type: 'registration.linkOpened', ...done, details: { linkId: link.id } };
    const verified: Act[] = registrationId === null ? [] : [{ type: 'registration.verified', ...done }];
    const expiresAt = new Date(now.getTime() + registrantSessionMinutes * minuteMs);
    const session = makeSecret();
    // The lines and what they open are one commit: of two that use one link at once, the second is refused.
    const write = async (tx: Db): Promise<void> => {
      if (!(await useLink(tx, secretHash, now))) throw new CodedError('codeNotAccepted');
      if (registrationId !== null) {
        const change = { state: 'active' as const, lastConfirmedAt: now };
        await updateRegistration(tx, { agencyId, id: registrationId }, ['unverified'], change);
      }
      await insertSession(tx, {
        id: newId(),
        agencyId,
        emailHash,
        secretHash: session.secretHash,
        createdAt: now,
        expiresAt,
      });
    };
    try {
      await this.#audit.recordAll([opened, ...verified], { with: write });
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      return this.#refusals.refuse({ type: 'registration.linkOpened', actor, agencyId, target }, error);
    }
    const agency = await findRegistryAgency(this.#db, agencyId);
    if (agency === null) throw new Error('The agency of a link does not exist.');
    return {
      session: { secret: session.secret, expiresAt: expiresAt.toISOString() },
      verifiedId: registrationId,
      agency: { slug: slugOf(agency), name: agency.name, area: agency.area },
    };
  }

  /** The session of a header's secret; `notSignedIn`, and a line, without one. */
  async require(actor: Actor, type: AuditType, secret: string | null): Promise<SessionRow> {
    const session = secret === null ? null : await findSession(this.#db, hashOfSecret(secret), new Date());
    return session ?? this.refuse({ type, actor }, 'notSignedIn');
  }

  async end(actor: Actor, secret: string | null): Promise<void> {
    const type = 'registration.sessionEnded';
    const { id, agencyId } = await this.require(actor, type, secret);
    await this.#audit.recordAll([{ type, outcome: 'done', actor, agencyId }], {
      with: async (tx) => {
        await this.#closeOpened(tx, id);
        await removeSession(tx, id);
      },
    });
  }

  async refuse(
    act: Omit<Act, 'outcome' | 'details'>,
    code: 'codeNotAccepted' | 'conflict' | 'notFound' | 'notSignedIn',
  ): Promise<never> {
    const isOver = code === 'notSignedIn';
    const error = isOver ? new CodedError(code, 'The link is over. Ask for a new one.') : new CodedError(code);
    return this.#refusals.refuse(act, error);
  }
}
