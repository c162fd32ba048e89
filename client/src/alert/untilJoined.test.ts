import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWallStore, type WallStore } from '../state/wall.ts';
import { untilJoined } from './untilJoined.ts';

let store: WallStore;
const joined = {
  state: 'joined' as const,
  wallId: 'wall-1',
  screen: 1,
  wall: { id: 'wall-1', name: 'Day', incidentId: null, revision: 1, screens: [] },
  present: [],
};

beforeEach(() => {
  vi.useFakeTimers();
  store = createWallStore();
});
afterEach(() => vi.useRealTimers());

it('is so at once where a wall is joined, and as soon as a page has joined one', async () => {
  const waiting = untilJoined(store);
  store.setState({ state: 'joining', wallId: 'wall-1', screen: 1 }, true);
  store.setState(joined, true);
  expect(await waiting).toBe(true);
  expect(await untilJoined(store)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it('is not so where none is joined', async () => {
  const waiting = untilJoined(store, 5_000);
  store.setState({ state: 'notFound', wallId: 'wall-1', screen: 1 }, true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await waiting).toBe(false);
  store.setState(joined, true);
});
