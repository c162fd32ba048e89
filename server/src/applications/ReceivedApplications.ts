import {
  type ApplicationDetails,
  mostReceivedApplications,
  type ReceivedApplication,
  type RefusalReason,
} from '@commonsight/types/application';
import type { Site } from '@commonsight/types/site';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import { insertLink } from '../ledger/ledgerRepository.ts';
import { makeSecret } from '../secrets.ts';
import { insertSite, toWireSite } from '../sites/siteRepository.ts';
import {
  type ApplicationRow,
  countWaiting,
  findReceived,
  listReceived,
  updateApplication,
} from './applicationRepository.ts';
import type { ApplicationParts } from './Applications.ts';
import { openDetails, toReceived } from './sealing.ts';

/** Verified applications as administrators read and decide them. */
export class ReceivedApplications {
  readonly #parts: Omit<ApplicationParts, 'audit'> & { access: Access };

  constructor(parts: Omit<ApplicationParts, 'audit'> & { access: Access }) {
    this.#parts = parts;
  }

  async count(actor: Actor): Promise<{ waiting: number }> {
    const { db, access } = this.#parts;
    const { user } = await access.requireAccess(actor, 'site.administer', { auditType: 'application.counted' });
    return { waiting: await countWaiting(db, user.agencyId) };
  }

  async list(actor: Actor): Promise<{ applications: ReceivedApplication[]; hasMore: boolean }> {
    const { db, access, keys } = this.#parts;
    const { user } = await access.requireAccess(actor, 'site.administer', { auditType: 'application.listed' });
    const rows = await listReceived(db, user.agencyId);
    return {
      applications: rows.slice(0, mostReceivedApplications).map((row) => toReceived(keys, row)),
      hasMore: rows.length > mostReceivedApplications,
    };
  }

  /**
   * The decision, the site and its owner's link are one commit with their lines. Nobody has the link's secret before it is
   * mailed to the applicant.
   */
  async approve(actor: Actor, id: string, asked: { name: string; timeZone: string }): Promise<Site> {
    const { access, mails } = this.#parts;
    const type = 'application.approved';
    const { user, row, details } = await this.#toDecide(actor, type, id);
    const { agencyId, userId } = user;
    const [siteId, linkId, now] = [newId(), newId(), new Date()];
    const isResidential = details.kind === 'home';
    const site = await access.commit(
      user,
      { type, target: { kind: 'application', id }, details: { siteId, linkId } },
      async (tx) => {
        const { name, timeZone } = asked;
        const { address, position } = details;
        const made = await insertSite(tx, {
          id: siteId,
          agencyId,
          name,
          address,
          timeZone,
          isResidential,
          ...position,
        });
        const { secretHash } = makeSecret();
        await insertLink(tx, { id: linkId, agencyId, siteId, secretHash, createdBy: userId, createdAt: now });
        await decide(tx, row, { state: 'approved', decidedAt: now, decidedBy: userId, siteId, linkId });
        return made;
      },
      [
        { type: 'site.created', details: { siteId, name: asked.name, isResidential } },
        { type: 'ledger.linkCreated', target: { kind: 'site', id: siteId }, details: { linkId } },
      ],
    );
    mails.later(() => mails.sendDecision(id, now));
    return toWireSite(site, []);
  }

  async refuse(actor: Actor, id: string, reason: RefusalReason): Promise<void> {
    const { access, mails } = this.#parts;
    const type = 'application.refused';
    const { user, row } = await this.#toDecide(actor, type, id);
    const now = new Date();
    await access.commit(user, { type, target: { kind: 'application', id }, details: { reason } }, (tx) =>
      decide(tx, row, { state: 'refused', decidedAt: now, decidedBy: user.userId, reason }),
    );
    mails.later(() => mails.sendDecision(id, now));
  }

  async #toDecide(actor: Actor, type: 'application.approved' | 'application.refused', id: string) {
    const { db, access, keys } = this.#parts;
    const { user, found, checked } = await access.requireAccess(actor, 'site.administer', {
      auditType: type,
      record: 'refusals',
      target: { kind: 'application', id, find: (agencyId) => findReceived(db, agencyId, id) },
      check: async (_user, row): Promise<ApplicationDetails> => {
        const details = openDetails(keys, row);
        if (details === null || row.state !== 'waiting') throw decidedAlready();
        return details;
      },
    });
    return { user, row: found, details: checked };
  }
}

/** Of two who decide at once one does; for the other there is nothing, not even a line that it was done. */
async function decide(
  tx: ApplicationParts['db'],
  row: ApplicationRow,
  change: Partial<ApplicationRow>,
): Promise<ApplicationRow> {
  const decided = await updateApplication(tx, row, ['waiting'], change);
  if (decided === null) throw decidedAlready();
  return decided;
}

function decidedAlready(): CodedError {
  return new CodedError('conflict', 'It was decided or withdrawn meanwhile.');
}
