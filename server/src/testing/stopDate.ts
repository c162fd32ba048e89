import { afterEach, beforeEach, vi } from 'vitest';

/** `Date` stands still in each test of the file, so that a code is made and checked in the same half minute. */
export function stopDate(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}
