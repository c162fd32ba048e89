const dayMs = 24 * 60 * 60 * 1000;

/** How many days a report covers. */
const coveredDays = 30;

export interface Period {
  /** Included. */
  from: Date;
  /** Excluded. */
  to: Date;
}

/**
 * What is published at this moment: whole days in UTC up to the delay, so that it changes once a day. Without a delay,
 * for training and tests, it is up to now.
 */
export function periodAt(now: Date, delayDays: number): Period {
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  const to = delayDays === 0 ? now.getTime() : today - delayDays * dayMs;
  return { from: new Date(to - coveredDays * dayMs), to: new Date(to) };
}
