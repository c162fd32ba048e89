import type { Review, ReviewFinding } from '@commonsight/types/review';
import type { Access } from '../access/Access.ts';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { Notices } from '../notices.ts';
import { type ReviewState, closeReview, findReview, listReviews, withoutAgency } from './reviewRepository.ts';

/** The queue of viewings that somebody has to judge, and the judging, which is written down like every act. */
export class Reviews {
  readonly #db: Db;
  readonly #access: Access;
  readonly #notices: Notices;

  constructor(parts: { db: Db; access: Access; notices: Notices }) {
    this.#db = parts.db;
    this.#access = parts.access;
    this.#notices = parts.notices;
  }

  async list(actor: Actor, page: { state: ReviewState; limit: number }): Promise<{ reviews: Review[]; count: number }> {
    const { user } = await this.#access.requireAccess(actor, 'review.list', {
      auditType: 'review.listed',
      describe: () => ({ details: { state: page.state } }),
    });
    return listReviews(this.#db, user.agencyId, page);
  }

  async close(actor: Actor, viewingId: string, closing: { finding: ReviewFinding; note: string }): Promise<Review> {
    const { user, found: judged } = await this.#access.requireAccess(actor, 'review.close', {
      auditType: 'review.closed',
      record: 'refusals',
      target: { kind: 'viewing', id: viewingId, find: (agencyId) => findReview(this.#db, agencyId, viewingId) },
      check: async ({ userId }, review) => {
        if (review.viewing.user.id === userId) {
          throw new CodedError('notPermitted', 'Somebody else has to review your own viewing.');
        }
        if (review.closed !== null) throw alreadyClosed();
        if (!review.isReady) throw new CodedError('conflict', 'The viewing has not ended, or just now.');
      },
    });
    const { agencyId, userId } = user;
    const details = {
      ...closing,
      userId: judged.viewing.user.id,
      flags: judged.flags.map(({ kind }) => kind),
    };
    await this.#access.commit(
      user,
      { type: 'review.closed', target: { kind: 'viewing', id: viewingId }, details },
      async (tx) => {
        const end = { ...closing, closedAt: new Date(), closedBy: userId };
        if (!(await closeReview(tx, { agencyId, viewingId }, end))) throw alreadyClosed();
      },
    );
    const found = await findReview(this.#db, agencyId, viewingId);
    if (found === null) throw new Error('A review is gone.');
    const review = withoutAgency(found);
    void this.#notices.tell('reviewChanged', { agencyId, review });
    return review;
  }
}

function alreadyClosed(): CodedError {
  return new CodedError('conflict', 'Somebody has closed this review already.');
}
