import { routes } from '@commonsight/types/http/routes';
import type { Id } from '@commonsight/types/ids';
import type { Flag, Review } from '@commonsight/types/review';
import { createStore } from 'zustand/vanilla';
import { call } from '../api/call.ts';
import { listenWhile } from '../signaling/listenWhile.ts';
import type { SignalingClient } from '../signaling/SignalingClient.ts';

/** The agency's reviews, by their viewings: those that were open when they were read, and what was told since. */
export interface ReviewsState {
  isLoaded: boolean;
  byViewing: ReadonlyMap<Id, Review>;
  /** Open ones that were too many to be read. */
  unread: number;
}

export function createReviewsStore() {
  return createStore<ReviewsState>()(() => ({ isLoaded: false, byViewing: new Map(), unread: 0 }));
}

export type ReviewsStore = ReturnType<typeof createReviewsStore>;

export function reviewChanged(store: ReviewsStore, review: Review): void {
  store.setState({ byViewing: new Map(store.getState().byViewing).set(review.viewing.id, review) });
}

export async function readReviews(store: ReviewsStore, signaling: Pick<SignalingClient, 'on'>): Promise<void> {
  const { result, told } = await listenWhile(signaling, ['review:changed'], () =>
    call(routes.listReviews, { query: { state: 'open' } }),
  );
  if (result.state !== 'ok') return;
  const { reviews, count } = result.value;
  store.setState({
    isLoaded: true,
    byViewing: new Map(reviews.map((review) => [review.viewing.id, review])),
    unread: Math.max(0, count - reviews.length),
  });
  for (const { payload } of told) reviewChanged(store, payload.review);
}

/** What waits for somebody's judgement: what was flagged before what chance drew, each the oldest first. */
export function openReviews({ byViewing }: ReviewsState): Review[] {
  return [...byViewing.values()]
    .filter(({ closed }) => closed === null)
    .toSorted(
      (a, b) => Number(b.flags.length > 0) - Number(a.flags.length > 0) || a.openedAt.localeCompare(b.openedAt),
    );
}

export function flagsOf({ byViewing }: ReviewsState, viewingId: Id): readonly Flag[] {
  return byViewing.get(viewingId)?.flags ?? [];
}
