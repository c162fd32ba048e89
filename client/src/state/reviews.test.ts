import type { Review } from '@commonsight/types/review';
import { expect, test } from 'vitest';
import { createReviewsStore, flagsOf, openReviews, reviewChanged } from './reviews.ts';

const user = { id: 'user-1', name: 'Kim Lo', role: 'analyst' as const };

function review(id: string, change: Partial<Review> = {}): Review {
  return {
    viewing: {
      id,
      user,
      cameraId: 'camera-1',
      cameraName: 'Market North',
      stream: 'sub',
      incidentId: 'incident-1',
      incidentNumber: 2041,
      incidentTitle: 'Robbery',
      purpose: 'violentCrime',
      grantId: 'grant-1',
      startedAt: '2026-01-01T11:00:00.000Z',
      endedAt: '2026-01-01T12:00:00.000Z',
      endReason: 'closedByUser',
      endedBy: null,
      endNote: null,
    },
    bytes: 1_000,
    origin: 'sampled',
    flags: [],
    openedAt: '2026-01-01T12:00:00.000Z',
    isReady: true,
    closed: null,
    ...change,
  };
}

const flag = { kind: 'longDwell' as const, reason: 'For hours.', foundAt: '2026-01-01T12:00:00.000Z' };

test('flagged ones come first, the oldest before others, and closed ones are gone from the queue', () => {
  const store = createReviewsStore();
  reviewChanged(store, review('sampled'));
  reviewChanged(store, review('late', { flags: [flag], openedAt: '2026-01-01T14:00:00.000Z' }));
  reviewChanged(store, review('early', { flags: [flag], openedAt: '2026-01-01T13:00:00.000Z' }));
  const ids = () => openReviews(store.getState()).map(({ viewing }) => viewing.id);
  expect(ids()).toEqual(['early', 'late', 'sampled']);
  const closed = { at: '2026-01-01T15:00:00.000Z', by: user, finding: 'justified' as const, note: 'Fine.' };
  reviewChanged(store, review('early', { flags: [flag], closed }));
  expect(ids()).toEqual(['late', 'sampled']);
  expect(flagsOf(store.getState(), 'early')).toEqual([flag]);
  expect(flagsOf(store.getState(), 'unknown')).toEqual([]);
});
