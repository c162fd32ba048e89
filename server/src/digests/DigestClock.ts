import { digestConfirmDays, digestPath } from '@commonsight/types/digest';
import { digestRoutes } from '@commonsight/types/http/digest-routes';
import { errorName } from '../errorName.ts';
import { countLedgerSpan, listLedgerRows, listSiteCameras, type Span } from '../ledger/ledgerRepository.ts';
import type { Pseudonyms } from '../ledger/Pseudonyms.ts';
import { toLedgerLine } from '../ledger/toLedgerLine.ts';
import type { Logger } from '../logger.ts';
import { wasNotTaken } from '../mail/wasNotTaken.ts';
import { actOf, type DigestParts } from './Digests.ts';
import {
  claimWeek,
  endDigest,
  forgetPending,
  listOver,
  listPendingOver,
  listRunning,
  type NamedDigest,
  noteCovered,
  unclaimWeek,
} from './digestRepository.ts';
import { lastWeek } from './week.ts';
import { writeDigest } from './writeDigest.ts';
import { zoneOfSite } from './zoneOfSite.ts';

const dayMs = 24 * 60 * 60_000;
/** A mail lists so many views, the last ones; it counts them all. */
const mostLines = 500;
/** What weeks that were not mailed can add to one. */
const longestSpanMs = 35 * dayMs;

/**
 * Mails each week that is over, once: the week is taken in the database, in the commit of its line, before the mail is
 * handed over. Of servers that run beside each other one takes it, and one that starts again finds it taken. A mail that was
 * surely not taken over gives its week back; of one that nobody knows about, the next mail tells what it told.
 */
export class DigestClock {
  readonly #parts: DigestParts & { pseudonyms: Pick<Pseudonyms, 'of'>; logger: Pick<Logger, 'warn'> };

  constructor(parts: DigestParts & { pseudonyms: Pick<Pseudonyms, 'of'>; logger: Pick<Logger, 'warn'> }) {
    this.#parts = parts;
  }

  async run(now: Date): Promise<void> {
    const { db, audit } = this.#parts;
    for (const row of await listOver(db, new Date(now.getTime() - digestConfirmDays * dayMs))) {
      const actor = { kind: 'system' as const, agencyId: row.agencyId };
      const reason = row.state === 'asked' ? 'notConfirmed' : 'linkRevoked';
      const act = actOf('ledger.digestStopped', { ...row, actor }, { reason });
      await audit.recordOnce(act, (tx) => endDigest(tx, row.linkId));
    }
    for (const row of await listPendingOver(db, new Date(now.getTime() - digestConfirmDays * dayMs))) {
      const actor = { kind: 'system' as const, agencyId: row.agencyId };
      const act = actOf('ledger.digestStopped', { ...row, actor }, { reason: 'changeNotConfirmed' });
      await audit.recordOnce(act, (tx) => forgetPending(tx, row));
    }
    for (const named of await listRunning(db)) {
      try {
        await this.#mailIfDue(named, now);
      } catch (error) {
        // One that cannot be written, such as for a damaged key, keeps no other owner waiting.
        const { linkId } = named.digest;
        this.#parts.logger.warn({ err: error, linkId }, 'A weekly mail to an owner failed. Retrying.');
      }
    }
  }

  async #mailIfDue(named: NamedDigest, now: Date): Promise<void> {
    const { db, audit, mailer, keys } = this.#parts;
    const { linkId, agencyId, sealed, coveredWeek } = named.digest;
    const timeZone = await zoneOfSite(db, named.digest);
    const week = lastWeek(now, timeZone);
    if (sealed === null || (coveredWeek !== null && coveredWeek >= week.monday)) return;
    const mail = await this.#write(named, { span: spanOf(named, week), timeZone, now });
    const act = actOf(
      'ledger.digestMailed',
      { ...named.digest, actor: { kind: 'system', agencyId } },
      { lines: mail.views },
    );
    const claimed = await audit.recordOnce(act, (tx) => claimWeek(tx, linkId, week.monday));
    if (claimed === null) return;
    const unsubscribeUrl = this.#unsubscribeUrl(linkId);
    try {
      const { subject, text } = mail;
      await mailer.send({ to: keys.openAddress(linkId, sealed), subject, text, unsubscribeUrl, isOnce: true });
    } catch (error) {
      await audit.record({ ...act, outcome: 'refused' });
      const isAgain = wasNotTaken(error);
      if (isAgain) await unclaimWeek(db, linkId, week.monday, coveredWeek);
      const code = errorName(error);
      this.#parts.logger.warn({ code, linkId, isAgain }, 'A weekly mail to an owner could not be handed over.');
      return;
    }
    await noteCovered(db, linkId, week.to);
  }

  async #write(
    { digest, siteName, agencyName }: NamedDigest,
    { span, timeZone, now }: { span: Span; timeZone: string; now: Date },
  ): Promise<{ subject: string; text: string; views: number }> {
    const { db, pseudonyms, keys, publicUrl } = this.#parts;
    const { siteId, linkId, language } = digest;
    const rows = await listLedgerRows(db, { siteId, span, now, limit: mostLines });
    const { views, withheld } = await countLedgerSpan(db, { siteId, span, now });
    const lines = await Promise.all(rows.toReversed().map((row) => toLedgerLine(pseudonyms, siteId, row)));
    const written = writeDigest({
      language,
      timeZone,
      siteName,
      agencyName,
      span,
      cameras: await listSiteCameras(db, siteId),
      lines,
      views: Math.max(views, lines.length),
      withheld,
      writtenAt: now,
      stopUrl: `${publicUrl}${digestPath}#stop=${keys.makeStopSecret(linkId)}`,
    });
    return { ...written, views };
  }

  #unsubscribeUrl(linkId: string): string {
    const { publicUrl, keys } = this.#parts;
    return `${publicUrl}${digestRoutes.unsubscribe.path.replace(':secret', keys.makeStopSecret(linkId))}`;
  }
}

/** From where the last mail ended, so that a week which could not be mailed is told with the next one. */
function spanOf({ digest }: NamedDigest, week: Span): Span {
  const earliest = new Date(week.to.getTime() - longestSpanMs);
  const from = digest.coveredUntil ?? week.from;
  return { from: from < earliest ? earliest : from, to: week.to };
}
