import type { Ledger as WireLedger } from '@commonsight/types/ledger';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { countLedger, listLedgerRows, listSiteCameras } from './ledgerRepository.ts';
import { listWitnessesOfSite } from '../witnesses/witnessRepository.ts';
import type { OpenLinks } from './OpenLinks.ts';
import type { Pseudonyms } from './Pseudonyms.ts';
import { toLedgerLine } from './toLedgerLine.ts';

const linesPerPage = 100;

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
      lines: await Promise.all(shown.map((row) => toLedgerLine(this.#pseudonyms, siteId, row))),
      hasMore: rows.length > linesPerPage,
      ...(await countLedger(this.#db, siteId, now)),
      witnesses: (await listWitnessesOfSite(this.#db, siteId)).map(({ relayName, cosignedAt, alarm }) => ({
        relayName,
        cosignedAt: cosignedAt?.toISOString() ?? null,
        alarm: alarm?.kind ?? null,
      })),
    };
  }
}
