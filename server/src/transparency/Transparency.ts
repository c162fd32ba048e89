import { auditTypeSchema } from '@commonsight/types/audit-event';
import type { TransparencyReport } from '@commonsight/types/transparency';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { Policies } from '../policy/Policies.ts';
import { faceRecognition } from './faceRecognition.ts';
import { computeFigures } from './figures.ts';
import { type Period, periodAt } from './period.ts';
import { slugOf } from './slugOf.ts';
import { type AgencyRow, countCameras, listAgencies, readHead, readLines } from './transparencyRepository.ts';

export interface TransparencyParts {
  db: Db;
  policies: Pick<Policies, 'current'>;
  /** The name of an agency's log. */
  originOf: (logId: string) => string;
  delayDays: number;
  /** Now, in milliseconds. */
  now?: () => number;
}

/** An agency under its name in addresses. */
type Listed = AgencyRow & { slug: string };

const knownTypes: ReadonlySet<string> = new Set(auditTypeSchema.options);

/** What the public may know: figures of the audit log, late and without small numbers. Computed once a day. */
export class Transparency {
  readonly #parts: TransparencyParts;
  /** By agency. A report is the same for everybody until the period moves. */
  readonly #reports = new Map<string, { toMs: number; report: Promise<TransparencyReport> }>();

  constructor(parts: TransparencyParts) {
    this.#parts = parts;
  }

  /** The agencies; with only one of them also its report. */
  async list(): Promise<{ agencies: { slug: string; name: string }[]; report: TransparencyReport | null }> {
    const agencies = await this.#agencies();
    const [only, second] = agencies;
    const report = only === undefined || second !== undefined ? null : await this.#reportOf(only);
    return { agencies: agencies.map(({ slug, name }) => ({ slug, name })), report };
  }

  /** Throws `notFound` for an agency that there is not. */
  async read(slug: string): Promise<TransparencyReport> {
    const agency = (await this.#agencies()).find((candidate) => candidate.slug === slug);
    if (agency === undefined) throw new CodedError('notFound');
    return this.#reportOf(agency);
  }

  async #agencies(): Promise<Listed[]> {
    const rows = await listAgencies(this.#parts.db);
    const slugs = rows.map(slugOf);
    // Of two that would have the same name in addresses, neither has it.
    return rows.map((row, at) => {
      const slug = slugs[at] ?? row.id;
      return { ...row, slug: slugs.indexOf(slug) === slugs.lastIndexOf(slug) ? slug : row.id };
    });
  }

  #reportOf(agency: Listed): Promise<TransparencyReport> {
    const { delayDays, now = Date.now } = this.#parts;
    const period = periodAt(new Date(now()), delayDays);
    const toMs = period.to.getTime();
    const kept = this.#reports.get(agency.id);
    if (kept?.toMs === toMs) return kept.report;
    const report = this.#compute(agency, period);
    this.#reports.set(agency.id, { toMs, report });
    report.catch(() => {
      if (this.#reports.get(agency.id)?.report === report) this.#reports.delete(agency.id);
    });
    return report;
  }

  async #compute({ id, name, slug }: Listed, period: Period): Promise<TransparencyReport> {
    const { db, policies, originOf, delayDays } = this.#parts;
    const head = await readHead(db, id, period.to);
    const checkpoint = {
      origin: originOf(id),
      size: head.size,
      root: Buffer.from(head.root).toString('base64'),
    };
    const lines = await readLines(db, id, period);
    const cameras = await countCameras(db, id, period.to);
    const { pack, hash, text } = await policies.current(id);
    return {
      agency: { slug, name },
      period: { from: period.from.toISOString(), to: period.to.toISOString(), delayDays },
      checkpoint,
      figures: computeFigures({ lines, checkpoint, cameras, knownTypes }),
      policy: { name: pack.name, hash, text },
      faceRecognition,
    };
  }
}
