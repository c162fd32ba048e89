import { type Digest, digestConfirmDays, digestPath, type DigestWish } from '@commonsight/types/digest';
import type { Actor } from '../access/Actor.ts';
import type { Act } from '../audit/Act.ts';
import type { Audit } from '../audit/Audit.ts';
import type { Refusals } from '../audit/Refusals.ts';
import type { Db } from '../db/Database.ts';
import { errorName } from '../errorName.ts';
import { CodedError } from '../errors.ts';
import type { OpenLinks } from '../ledger/OpenLinks.ts';
import type { Logger } from '../logger.ts';
import type { Mailer } from '../mail/Mailer.ts';
import { hashOfSecret, makeSecret } from '../secrets.ts';
import type { DigestKeys } from './DigestKeys.ts';
import { confirmDigest, type DigestRow, endDigest, findAsked, findDigest, saveAsk } from './digestRepository.ts';
import { nextMailAt, weekOf } from './week.ts';
import { writeConfirmation, writeLast } from './writeDigest.ts';
import { zoneOfSite } from './zoneOfSite.ts';

const dayMs = 24 * 60 * 60_000;
const confirmMs = digestConfirmDays * dayMs;
/** Mails in a day that ask whether an address is right, for one link: who has a link fills no stranger's mailbox. */
const mostAsks = 5;

export interface DigestParts {
  db: Db;
  audit: Pick<Audit, 'record' | 'recordOnce'>;
  mailer: Pick<Mailer, 'send'>;
  keys: DigestKeys;
  publicUrl: string;
}

export interface DigestDoors {
  links: OpenLinks;
  refusals: Pick<Refusals, 'refuse'>;
  logger: Pick<Logger, 'warn'>;
}

/** Owners decide whether the ledger comes to them as a weekly mail: by their link, and out of it by the mail alone. */
export class Digests {
  readonly #parts: DigestParts & DigestDoors;

  constructor(parts: DigestParts & DigestDoors) {
    this.#parts = parts;
  }

  async read(actor: Actor, secret: string | null): Promise<{ digest: Digest }> {
    const { link } = await this.#parts.links.open(actor, secret, 'ledger.read');
    await this.#parts.links.noteRead(actor, link, new Date());
    return { digest: await this.#toWire(await findDigest(this.#parts.db, link.id)) };
  }

  /** Asks the address, by a mail, whether it is right. Until that is confirmed it gets nothing else. */
  async ask(actor: Actor, secret: string | null, wish: DigestWish): Promise<{ digest: Digest }> {
    const { links, audit, keys, mailer, publicUrl, refusals } = this.#parts;
    const { link, siteName, agencyName } = await links.open(actor, secret, 'ledger.digestAsked');
    const { id: linkId, agencyId, siteId } = link;
    const { email, language, timeZone } = wish;
    const now = new Date();
    const { secret: mailed, secretHash: confirmHash } = makeSecret();
    const sealed = keys.sealAddress(linkId, email);
    const act = actOf('ledger.digestAsked', { actor, agencyId, siteId, linkId });
    const row = await audit.recordOnce(act, (tx) =>
      saveAsk(
        tx,
        { linkId, agencyId, siteId, language, timeZone, sealed, confirmHash, askedAt: now },
        { most: mostAsks, countedSince: new Date(now.getTime() - dayMs) },
      ),
    );
    if (row === null) {
      const error = new CodedError('tooManyRequests', 'Enough mails were sent for one day. Try again tomorrow.');
      return refusals.refuse(act, error);
    }
    const words = writeConfirmation(language, {
      siteName,
      agencyName,
      link: `${publicUrl}${digestPath}#confirm=${mailed}`,
    });
    await mailer.send({ to: email, ...words }).catch((error: unknown) => {
      throw new CodedError('timedOut', 'The mail could not be sent. Try again in some minutes.', { cause: error });
    });
    return { digest: await this.#toWire(row) };
  }

  /** By the secret that was mailed to the address: from the week that goes on now, each is mailed. */
  async confirm(actor: Actor, mailed: string): Promise<{ siteName: string; nextAt: string }> {
    const { db, audit, refusals } = this.#parts;
    const type = 'ledger.digestConfirmed';
    const now = new Date();
    const confirmHash = hashOfSecret(mailed);
    const found = await findAsked(db, confirmHash, new Date(now.getTime() - confirmMs));
    if (found === null) return refusals.refuse({ type, actor }, notConfirmed());
    const { linkId, agencyId, siteId } = found.digest;
    const { monday, from } = weekOf(now, await zoneOfSite(db, found.digest));
    const before = new Date(Date.parse(`${monday}T00:00:00Z`) - 7 * dayMs).toISOString().slice(0, 10);
    const row = await audit.recordOnce(actOf(type, { actor, agencyId, siteId, linkId }), (tx) =>
      confirmDigest(tx, { linkId, confirmHash }, { week: before, until: from }),
    );
    if (row === null) return refusals.refuse({ type, actor }, notConfirmed());
    if (found.digest.state === 'on') await this.#tellBefore(found.digest, 'replaced', found);
    const digest = await this.#toWire(row);
    if (digest.state !== 'on') throw new Error('A digest that was confirmed is not on.');
    return { siteName: found.siteName, nextAt: digest.nextAt };
  }

  /** By the owner's link, which others may have too: a confirmed address is told by a last mail. */
  async stop(actor: Actor, secret: string | null): Promise<{ digest: Digest }> {
    const { link, siteName, agencyName } = await this.#parts.links.open(actor, secret, 'ledger.digestStopped');
    const before = await findDigest(this.#parts.db, link.id);
    const isEnded = await this.#end(actor, { linkId: link.id, agencyId: link.agencyId, siteId: link.siteId }, 'owner');
    if (isEnded && before?.state === 'on') await this.#tellBefore(before, 'stopped', { siteName, agencyName });
    return { digest: { state: 'off' } };
  }

  /** By what each mail says: without a link, and as often as somebody tries. */
  async unsubscribe(actor: Actor, mailed: string): Promise<{ state: 'off' }> {
    const { db, keys, refusals } = this.#parts;
    const linkId = keys.openStopSecret(mailed);
    const row = linkId === null ? null : await findDigest(db, linkId);
    if (row === null) return refusals.refuse({ type: 'ledger.digestStopped', actor }, new CodedError('notFound'));
    await this.#end(actor, row, 'mail');
    return { state: 'off' };
  }

  async #end(
    actor: Actor,
    of: Pick<DigestRow, 'linkId' | 'agencyId' | 'siteId'>,
    reason: 'owner' | 'mail',
  ): Promise<boolean> {
    const act = actOf('ledger.digestStopped', { ...of, actor }, { reason });
    return (await this.#parts.audit.recordOnce(act, (tx) => endDigest(tx, of.linkId))) !== null;
  }

  /** The one copy of the ledger that comes by itself does not end without a word to whom it came. The act stands if that fails. */
  async #tellBefore(
    { linkId, language, sealed }: DigestRow,
    what: 'replaced' | 'stopped',
    names: { siteName: string; agencyName: string },
  ): Promise<void> {
    const { keys, mailer, logger } = this.#parts;
    if (sealed === null) return;
    try {
      await mailer.send({ to: keys.openAddress(linkId, sealed), ...writeLast(language, what, names) });
    } catch (error) {
      logger.warn({ code: errorName(error), linkId }, 'An owner could not be told that the weekly mail ends.');
    }
  }

  async #toWire(row: DigestRow | null): Promise<Digest> {
    if (row === null || row.sealed === null) return { state: 'off' };
    const address = hintOf(this.#parts.keys.openAddress(row.linkId, row.sealed));
    if (row.state === 'asked') {
      const expiresMs = row.askedAt.getTime() + confirmMs;
      if (expiresMs <= Date.now()) return { state: 'off' };
      return { state: 'asked', address, expiresAt: new Date(expiresMs).toISOString() };
    }
    if (row.coveredWeek === null) throw new Error('A digest is on and covers no week.');
    const timeZone = await zoneOfSite(this.#parts.db, row);
    const nextAt = nextMailAt(row.coveredWeek, timeZone).toISOString();
    return { state: 'on', address, language: row.language, timeZone, nextAt, asked: this.#pendingOf(row) };
  }

  /** The address that waits to take the place of the confirmed one. */
  #pendingOf({ linkId, pendingSealed, askedAt }: DigestRow): Extract<Digest, { state: 'on' }>['asked'] {
    const expiresMs = askedAt.getTime() + confirmMs;
    if (pendingSealed === null || expiresMs <= Date.now()) return null;
    const address = hintOf(this.#parts.keys.openAddress(linkId, pendingSealed));
    return { address, expiresAt: new Date(expiresMs).toISOString() };
  }
}

/** A done act about the digest of a link. */
export function actOf(
  type: Act['type'],
  { actor, agencyId, siteId, linkId }: { actor: Actor; agencyId: string; siteId: string; linkId: string },
  details: Record<string, unknown> = {},
): Act {
  return {
    type,
    outcome: 'done',
    actor,
    agencyId,
    target: { kind: 'site', id: siteId },
    details: { linkId, ...details },
  };
}

function notConfirmed(): CodedError {
  return new CodedError('codeNotAccepted', 'This link opens nothing any more. Ask for another mail on your page.');
}

/** Enough of an address to know it again. */
function hintOf(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}…${address.slice(at)}`;
}
