import type { AuditType } from '@commonsight/types/audit-event';
import {
  type AskedFootage,
  type FootageAnswer,
  type FootageSession,
  footageSessionHours,
  type OwnFootageRequest,
  type SignedFootageOpening,
} from '@commonsight/types/footage';
import { registrantSecretSchema } from '@commonsight/types/registration';
import type { Actor } from '../access/Actor.ts';
import type { Act, Audit } from '../audit/Audit.ts';
import type { Refusals } from '../audit/Refusals.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import type { Background } from '../mail/Background.ts';
import type { Asker } from '../registry/OwnRegistrations.ts';
import type { Registrants } from '../registry/Registrants.ts';
import type { RegistryKeys } from '../registry/RegistryKeys.ts';
import { toContact } from '../registry/sealing.ts';
import { hashOfSecret, makeSecret } from '../secrets.ts';
import { assertOwners } from './assertOwners.ts';
import type { FootageFolder } from './FootageFolder.ts';
import type { FootageKeys } from './FootageKeys.ts';
import { type FootageMails, numberOf } from './FootageMails.ts';
import { listFiles, removeUnfinished } from './fileRepository.ts';
import { findLink, insertLink, useLink } from './linkRepository.ts';
import {
  type Asked,
  type AskedRecipient,
  findAsked,
  findAskedOf,
  findBySession,
  listAsked,
  listAskedOwned,
  listAskedRegistrations,
  lockRecipient,
  updateRecipient,
} from './recipientRepository.ts';
import { toFile, wordsOf } from './toWire.ts';

const hourMs = 60 * 60_000;
/** In which an answer may be given or changed, as long as no file is on its way. */
const openStates = ['sent', 'opened', 'hasIt', 'nothingRecorded', 'declined'] as const;

export interface FootageAnswersParts {
  db: Db;
  audit: Audit;
  refusals: Pick<Refusals, 'note' | 'orRefuse' | 'refuse'>;
  keys: FootageKeys;
  folder: Pick<FootageFolder, 'remove'>;
  registryKeys: RegistryKeys;
  mails: FootageMails;
  background: Pick<Background, 'later'>;
  registrants: Registrants;
  links: OpenLinks;
}

/** What people do who are asked for footage. They have no account; a secret says which request they may read. */
export class FootageAnswers {
  readonly #parts: FootageAnswersParts;

  constructor(parts: FootageAnswersParts) {
    this.#parts = parts;
  }

  /** `codeNotAccepted`, and a line, for a secret that opens nothing; a link opens once. */
  async openLink(actor: Actor, secret: string): Promise<FootageSession> {
    const { db, refusals } = this.#parts;
    const now = new Date();
    const secretHash = hashOfSecret(secret);
    const link = await findLink(db, secretHash, now);
    const asked = link === null || link.usedAt !== null ? null : await findAsked(db, link.recipientId);
    if (asked === null) {
      return refusals.refuse({ type: 'footage.linkOpened', actor }, new CodedError('codeNotAccepted'));
    }
    return this.#begin(actor, asked, now, { openedBy: null, use: (tx) => useLink(tx, secretHash, now) });
  }

  /** Mails another link to whoever had this one; says nothing about whether there was one. */
  async renewLink(actor: Actor, secret: string): Promise<void> {
    const { db, audit, mails, background, refusals } = this.#parts;
    const now = new Date();
    const link = await findLink(db, hashOfSecret(secret), now);
    const asked = link === null ? null : await findAsked(db, link.recipientId);
    const type = 'footage.linkAsked';
    if (asked === null) {
      await refusals.note({ type, actor }, new CodedError('codeNotAccepted'));
      return;
    }
    await audit.record({ ...about(type, actor, asked), outcome: 'done' });
    background.later(() => mails.sendLink(asked, now));
  }

  /** Those of the registrant whose page is open. */
  async listOfRegistrant({ actor, secret }: Asker): Promise<OwnFootageRequest[]> {
    const { audit, registrants } = this.#parts;
    const type = 'registration.read';
    const { agencyId, emailHash } = await registrants.require(actor, type, secret);
    await audit.record({ type, outcome: 'done', actor, agencyId });
    return this.#list({ kind: 'registrant', agencyId, emailHash });
  }

  async openOfRegistrant({ actor, secret }: Asker, recipientId: string): Promise<FootageSession> {
    const { id, agencyId, emailHash } = await this.#parts.registrants.require(actor, 'footage.linkOpened', secret);
    return this.#openOwn(actor, { kind: 'registrant', agencyId, emailHash }, recipientId, id);
  }

  /** Those of the owner of a site, by the owner's link. */
  async listOfOwner({ actor, secret }: Asker): Promise<OwnFootageRequest[]> {
    const { links } = this.#parts;
    const { link } = await links.open(actor, secret, 'ledger.read');
    await links.noteRead(actor, link, new Date());
    return this.#list(ownerOf(link));
  }

  /** By the owner's link, and an owner's signature where the site's relay keeps owners' keys. */
  async openOfOwner(
    { actor, secret }: Asker,
    recipientId: string,
    signed: SignedFootageOpening | null,
  ): Promise<FootageSession> {
    const { db, links, refusals } = this.#parts;
    const { link } = await links.open(actor, secret, 'footage.linkOpened');
    const details = { linkId: link.id, recipientId };
    const act = { type: 'footage.linkOpened', actor, agencyId: link.agencyId, details } as const;
    await refusals.orRefuse(act, () => assertOwners(db, link, { recipientId, signed, now: new Date() }));
    return this.#openOwn(actor, ownerOf(link), recipientId, link.id);
  }

  async read(asker: Asker): Promise<AskedFootage> {
    const { audit } = this.#parts;
    const asked = await this.require('footage.read', asker);
    await audit.record({ ...about('footage.read', asker.actor, asked), outcome: 'done' });
    return this.#toWire(asked);
  }

  /** Who says no while files are on their way takes these back in the same commit. */
  async answer(asker: Asker, answer: FootageAnswer): Promise<AskedFootage> {
    const { audit, folder, refusals } = this.#parts;
    const type = 'footage.answered';
    const asked = await this.require(type, asker);
    const act = { ...about(type, asker.actor, asked), details: { recipientId: asked.recipient.id, answer } };
    const { id } = asked.recipient;
    const from = answer === 'hasIt' ? openStates : ([...openStates, 'uploading'] as const);
    const done = await audit.recordOnce({ ...act, outcome: 'done' }, async (tx) => {
      // A file that begins now is there already, or finds the answer.
      await lockRecipient(tx, id);
      const recipient = await updateRecipient(tx, id, from, { state: answer, answeredAt: new Date() });
      if (recipient === null) return null;
      return { recipient, dropped: answer === 'hasIt' ? [] : await removeUnfinished(tx, id) };
    });
    if (done === null) {
      return refusals.refuse(act, new CodedError('conflict', 'A file has arrived already, or the request is over.'));
    }
    for (const file of done.dropped) await folder.remove(file.caseId, file.id);
    return this.#toWire({ ...asked, recipient: done.recipient });
  }

  /** Whose session a header's secret is; `notSignedIn`, and a line, without one. */
  async require(type: AuditType, { actor, secret }: Asker): Promise<AskedRecipient> {
    const asked = await this.find(secret);
    if (asked !== null) return asked;
    const error = new CodedError('notSignedIn', 'The link is over. Ask for a new one.');
    return this.#parts.refusals.refuse({ type, actor }, error);
  }

  /** Whose session a header's secret is. What cannot be one is not looked for. */
  async find(secret: string | null): Promise<AskedRecipient | null> {
    if (!registrantSecretSchema.safeParse(secret).success || secret === null) return null;
    return findBySession(this.#parts.db, hashOfSecret(secret), new Date());
  }

  async #openOwn(actor: Actor, of: Asked, recipientId: string, openedBy: string): Promise<FootageSession> {
    const { db, refusals } = this.#parts;
    const now = new Date();
    const asked = await findAskedOf(db, of, recipientId);
    if (asked !== null && asked.request.deadline > now) {
      return this.#begin(actor, asked, now, { openedBy, use: async () => true });
    }
    const refused = { type: 'footage.linkOpened', actor, agencyId: of.agencyId } as const;
    return refusals.refuse(refused, new CodedError('notFound'));
  }

  /** The line and what it opens are one commit; of two that use one link at once, the second is refused. */
  async #begin(
    actor: Actor,
    asked: AskedRecipient,
    now: Date,
    { openedBy, use }: { openedBy: string | null; use: (tx: Db) => Promise<boolean> },
  ): Promise<FootageSession> {
    const { audit, refusals } = this.#parts;
    const { secret, secretHash } = makeSecret();
    const endMs = Math.min(now.getTime() + footageSessionHours * hourMs, asked.request.deadline.getTime());
    const expiresAt = new Date(endMs);
    const { id: recipientId } = asked.recipient;
    const act = about('footage.linkOpened', actor, asked);
    const begun = await audit.recordOnce({ ...act, outcome: 'done' }, async (tx) => {
      if (!(await use(tx))) return null;
      await updateRecipient(tx, recipientId, ['sent'], { state: 'opened' });
      const session = { id: newId(), recipientId, isSession: true, openedBy, secretHash };
      await insertLink(tx, { ...session, createdAt: now, expiresAt });
      return {};
    });
    if (begun === null) {
      return refusals.refuse(act, new CodedError('codeNotAccepted'));
    }
    return { secret, expiresAt: expiresAt.toISOString() };
  }

  async #list(of: Asked): Promise<OwnFootageRequest[]> {
    const all = await listAsked(this.#parts.db, of);
    return all.map((asked) => ({
      id: asked.recipient.id,
      number: numberOf(asked),
      place: asked.request.place,
      deadline: asked.request.deadline.toISOString(),
      state: asked.recipient.state,
    }));
  }

  async #toWire(asked: AskedRecipient): Promise<AskedFootage> {
    const { db, keys } = this.#parts;
    const { recipient, request, of, agencyName } = asked;
    const files = await listFiles(db, [recipient.id]);
    const names = keys.namesOf(of);
    return {
      id: recipient.id,
      agency: agencyName,
      number: numberOf(asked),
      ...wordsOf(request),
      state: recipient.state,
      cameras: await this.#camerasOf(recipient.id),
      overwrittenAt: recipient.overwrittenAt?.toISOString() ?? null,
      files: files.map((file) => toFile(names, file)),
    };
  }

  /** The own cameras, as their registrant or owner knows them. */
  async #camerasOf(recipientId: string): Promise<AskedFootage['cameras']> {
    const { db, registryKeys } = this.#parts;
    const registered = (await listAskedRegistrations(db, recipientId)).map((row) => ({
      name: toContact(registryKeys, row).address,
      position: { latitude: row.latitude ?? 0, longitude: row.longitude ?? 0 },
      clockOffsetSeconds: row.clockOffsetSeconds ?? 0,
    }));
    const owned = (await listAskedOwned(db, recipientId)).map(({ name, latitude, longitude }) => ({
      name,
      position: { latitude, longitude },
      clockOffsetSeconds: 0,
    }));
    return [...registered, ...owned];
  }
}

function ownerOf({ agencyId, siteId }: { agencyId: string; siteId: string }): Asked {
  return { kind: 'owner', agencyId, siteId };
}

/** A line about a request, by somebody who was asked. */
export function about(
  type: AuditType,
  actor: Actor,
  { recipient, request }: AskedRecipient,
): Omit<Act, 'outcome'> & { details: Record<string, unknown> } {
  return {
    type,
    actor,
    agencyId: recipient.agencyId,
    target: { kind: 'footageRequest', id: request.id },
    details: { recipientId: recipient.id },
  };
}
