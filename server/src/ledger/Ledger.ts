import type { Ledger as WireLedger, LedgerLine } from '@commonsight/types/ledger';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { countLedger, type LedgerRow, listLedgerRows, listSiteCameras } from './ledgerRepository.ts';
import { listWitnessesOfSite } from '../witnesses/witnessRepository.ts';
import type { OpenLinks } from './OpenLinks.ts';
import type { Pseudonyms } from './Pseudonyms.ts';

const linesPerPage = 100;

const dayMs = 24 * 60 * 60 * 1000;

/** What a site's owner sees: every viewing of the site's cameras, from the moment in which it begins. */
export class Ledger {
  readonly #db: Db;
  readonly #links: OpenLinks;
  readonly #pseudonyms: Pseudonyms;

  constructor(parts: { db: Db; links: OpenLinks; pseudonyms: Pseudonyms }) {
    this.#db = parts.db;
    this.#links = parts.links;
    this.#pseudonyms = parts.pseudonyms;
  }

  /** `notFound`, and a line, for a secret that opens nothing. */
  async read(
    actor: Actor,
    secret: string | null,
    asked: { before?: string | undefined; cameraId?: string | undefined },
  ): Promise<WireLedger> {
    const { link, siteName, agencyName } = await this.#links.open(actor, secret, 'ledger.read');
    const now = new Date();
    await this.#links.noteRead(actor, link, now);
    const { siteId } = link;
    const rows = await listLedgerRows(this.#db, { siteId, ...asked, now, limit: linesPerPage + 1 });
    const shown = rows.slice(0, linesPerPage);
    return {
      site: { name: siteName },
      agency: { name: agencyName },
      cameras: await listSiteCameras(this.#db, siteId),
      lines: await Promise.all(shown.map((row) => this.#toLine(siteId, row))),
      hasMore: rows.length > linesPerPage,
      ...(await countLedger(this.#db, siteId, now)),
      witnesses: (await listWitnessesOfSite(this.#db, siteId)).map(({ relayName, cosignedAt, alarm }) => ({
        relayName,
        cosignedAt: cosignedAt?.toISOString() ?? null,
        alarm: alarm?.kind ?? null,
      })),
    };
  }

  async #toLine(
    siteId: string,
    { viewing, isBreakGlass, user, incidentNumber, withheldUntil }: LedgerRow,
  ): Promise<LedgerLine> {
    return {
      viewingId: viewing.id,
      cameraId: viewing.cameraId,
      startedAt: viewing.startedAt.toISOString(),
      endedAt: viewing.endedAt?.toISOString() ?? null,
      kind: 'live',
      purpose: viewing.purpose,
      isBreakGlass,
      incident:
        withheldUntil === null
          ? { state: 'shown', number: incidentNumber }
          : { state: 'withheld', until: endOfDay(withheldUntil).toISOString() },
      role: user.role,
      pseudonym: await this.#pseudonyms.of(siteId, user.id),
    };
  }
}

/** The end of the UTC day: to the millisecond, the end would tell two sites that their lines are of one incident. */
function endOfDay(at: Date): Date {
  return new Date(Math.ceil(at.getTime() / dayMs) * dayMs);
}
