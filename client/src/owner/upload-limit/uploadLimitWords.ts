import type { UploadState } from '@commonsight/types/relay/upload';
import { megabits } from '../../ui/megabits.ts';

/** How full the limit is, from which on something should be done. */
const fullShare = 0.8;

/** What leaves now against the limit, in one sentence. */
export function sendingWords({
  limitKilobitsPerSecond: limit,
  sendingKilobitsPerSecond: sending,
}: UploadState): string {
  if (limit === null) return `${megabits(sending)} leave your site now. There is no limit.`;
  return `${megabits(sending)} of ${megabits(limit)} leave your site now.`;
}

/** What to do about it; null when nothing is to be done. */
export function uploadAdvice(state: UploadState): string | null {
  const { limitKilobitsPerSecond: limit, plannedKilobitsPerSecond: planned, refused } = state;
  if (limit === null) return null;
  if (refused.length > 0) {
    return 'Some pictures did not fit. Raise the limit if your line carries more, or lower the bit rate in the cameras; small second streams need a fraction.';
  }
  if (planned > limit * fullShare) return 'Hardly another picture fits. Raise the limit if your line carries more.';
  return null;
}

/** How many small and large pictures fit at once, taken as large as tests measured them on average; null without a test. */
export function fitWords(
  cameras: readonly { tested: { main: number | null; sub: number | null } }[],
  limit: number,
): string | null {
  const counts = (['sub', 'main'] as const).map((kind) => {
    const tested = cameras.flatMap(({ tested: rates }) => rates[kind] ?? []);
    if (tested.length === 0) return null;
    return Math.floor((limit * tested.length) / tested.reduce((sum, rate) => sum + rate, 0));
  });
  const [small, large] = counts;
  const parts = [
    ...(small === null || small === undefined ? [] : [`${small} small`]),
    ...(large === null || large === undefined ? [] : [`${large} large`]),
  ];
  if (parts.length === 0) return null;
  return `By what the tests of your cameras measured, about ${parts.join(' or ')} pictures fit at once.`;
}
