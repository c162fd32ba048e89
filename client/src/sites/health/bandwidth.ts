import type { RelayCamera } from '@commonsight/types/relay/relay-health';

export interface Bandwidth {
  /** Kilobits a second that leave the relay now. */
  now: number;
  /** If every camera’s large stream were watched at once; by what their tests measured. */
  everything: number;
  /** Cameras that were not tested, so that nothing is known of them. */
  untested: number;
  /** How many large streams fit into the plan, taken as large as they are on average; null without a plan or a test. */
  fit: number | null;
  level: 'good' | 'warn' | 'over' | 'noPlan' | 'unknown';
  whatToDo: string;
}

/** Beyond this share of a line packets begin to wait for each other. */
const fullShare = 0.8;

/** What a site's video needs of its line, and what to do about it. */
export function bandwidthOf(cameras: readonly RelayCamera[], planKilobits: number | null): Bandwidth {
  const now = sum(cameras.flatMap(({ sending }) => sending.map(({ kilobitsPerSecond }) => kilobitsPerSecond)));
  const largest = cameras.flatMap(({ tested }) => tested.main ?? tested.sub ?? []);
  const everything = sum(largest);
  const untested = cameras.length - largest.length;
  const average = largest.length === 0 ? 0 : everything / largest.length;
  const fit = planKilobits === null || average === 0 ? null : Math.floor((planKilobits * fullShare) / average);
  const shared = { now, everything, untested, fit };
  if (planKilobits === null) {
    return {
      ...shared,
      level: 'noPlan',
      whatToDo: 'Enter what the site’s line carries upwards, as its contract says.',
    };
  }
  if (now > planKilobits * fullShare) {
    const whatToDo =
      'The line is full: pictures will freeze. Watch fewer cameras of this site at once, show them in a layout with smaller tiles, or lower the bit rate in the cameras.';
    return { ...shared, level: 'over', whatToDo };
  }
  if (fit !== null && fit < largest.length) {
    const whatToDo = `About ${fit.toLocaleString('en-US')} of ${largest.length.toLocaleString('en-US')} large pictures fit at once. Give each camera a small second stream, or lower its bit rate; small tiles then need a fraction.`;
    return { ...shared, level: 'warn', whatToDo };
  }
  if (largest.length === 0) {
    const whatToDo =
      'The rates of the cameras are not known: a test measures them. Cameras that are added by a test have one; others are tested at the relay by relay camera test.';
    return { ...shared, level: 'unknown', whatToDo };
  }
  if (untested > 0) {
    const others = untested === 1 ? 'one more' : `${untested.toLocaleString('en-US')} more`;
    const whatToDo = `Those whose rate was measured can all be watched at once. Of ${others} nothing is known.`;
    return { ...shared, level: 'unknown', whatToDo };
  }
  return { ...shared, level: 'good', whatToDo: 'All cameras can be watched at once.' };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
