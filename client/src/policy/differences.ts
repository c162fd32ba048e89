import type { PolicyDifference, PolicyPack } from '@commonsight/types/policy';
import { purposeSchema } from '@commonsight/types/purpose';
import { minutesWords, purposeName } from './policyWords.ts';

const partNames: Readonly<Record<string, string>> = {
  name: 'Name',
  summary: 'Summary',
  'dispatch.purpose': 'Dispatch: purpose',
  'approval.timeOutMinutes': 'Approval: time-out',
  'breakGlass.roles': 'Break-glass: who',
  'breakGlass.purposes': 'Break-glass: purposes',
  'breakGlass.maximumMinutes': 'Break-glass: how long',
  'breakGlass.justificationHours': 'Break-glass: to be justified within',
  'residential.allowsLiveView': 'Homes: live video',
  'retention.personalValueDays': 'Retention of personal values',
  'review.samplePercent': 'Review: drawn by chance',
  'session.idleMinutes': 'Sessions: lock after',
  'session.reauthenticationHours': 'Sessions: sign in again after',
  'session.requireSecondFactor': 'Second factor demanded of',
};

const purposePartNames: Readonly<Record<string, string>> = {
  name: 'name',
  explanation: 'explanation',
  defaultMinutes: 'at first',
  maximumMinutes: 'at most',
  approvedBy: 'approved by',
};

const units: readonly { ending: string; words: (value: number) => string }[] = [
  { ending: 'Minutes', words: minutesWords },
  { ending: 'Hours', words: (hours) => minutesWords(hours * 60) },
  { ending: 'Days', words: (days) => minutesWords(days * 24 * 60) },
  { ending: 'Percent', words: (percent) => `${percent} %` },
];

/** What a value of the file is called on the screen; its path where there is no word for it. */
export function differenceName(path: string, pack: PolicyPack): string {
  const [first, key, part] = path.split('.');
  const purpose = purposeSchema.safeParse(key);
  if (first === 'purposes' && purpose.success) {
    const name = purposeName(pack, purpose.data);
    return part === undefined ? name : `${name}: ${purposePartNames[part] ?? part}`;
  }
  return partNames[path] ?? path;
}

/** A purpose that is not allowed any more is one difference, whatever was written about it. */
export function withoutPartsOfRemoved(differences: readonly PolicyDifference[]): PolicyDifference[] {
  const removed = new Set(
    differences
      .filter(({ path, after }) => purposePart.test(path) && after === null)
      .map(({ path }) => purposeOf(path)),
  );
  return differences.flatMap((difference) => {
    const { path } = difference;
    const purpose = purposeOf(path);
    if (!purposePart.test(path) || !removed.has(purpose)) return [difference];
    // Every purpose has a name, so that this one line is there.
    return path.endsWith('.name') ? [{ path: `purposes.${purpose}`, before: 'allowed', after: 'not allowed' }] : [];
  });
}

const purposePart = /^purposes\.\w+\.\w+$/;

function purposeOf(path: string): string {
  return path.split('.')[1] ?? '';
}

/** A value of the file in words; null where the pack has none. */
export function differenceValue(path: string, value: string | null): string | null {
  if (value === null) return null;
  if (value === '') return 'nobody';
  const unit = units.find(({ ending }) => path.endsWith(ending));
  const number = Number(value);
  if (unit !== undefined && Number.isFinite(number)) return unit.words(number);
  if (path === 'residential.allowsLiveView') return value === 'true' ? 'may be watched' : 'not watched';
  if (value === 'null') return 'none';
  return value;
}

/**
 * What stops in the moment in which somebody approves a pack, by what it changes: running grants are brought under the
 * new rules, and sessions keep their new times.
 */
export function whatEndsAtOnce(differences: readonly PolicyDifference[], pack: PolicyPack): string[] {
  const sentences: string[] = [];
  for (const { path, before, after } of differences) {
    const [first, key = '', part] = path.split('.');
    const isShorter = before !== null && after !== null && Number(after) < Number(before);
    if (first === 'purposes' && part === 'maximumMinutes') {
      const { data: purpose } = purposeSchema.safeParse(key);
      const name = (purpose === undefined ? undefined : pack.purposes[purpose]?.name) ?? key;
      if (after === null) {
        sentences.push(`Every running grant for “${name}” ends, and with it every picture that it opened.`);
      } else if (isShorter) {
        const most = minutesWords(Number(after));
        sentences.push(
          `Running grants for “${name}” end ${most} after their start. Those that have run for longer end at once, and their pictures with them.`,
        );
      }
    }
    if (path === 'breakGlass.maximumMinutes' && isShorter) {
      const most = minutesWords(Number(after));
      sentences.push(`Running break-glass grants end ${most} after their start, older ones at once.`);
    }
    if (path === 'residential.allowsLiveView' && after === 'false') {
      sentences.push('Every running grant that holds a camera of a home ends, and with it every picture of it.');
    }
    if (path === 'session.idleMinutes' && isShorter) {
      sentences.push(`Screens that have been idle for more than ${minutesWords(Number(after))} lock.`);
    }
    if (path === 'session.reauthenticationHours' && isShorter) {
      const most = minutesWords(Number(after) * 60);
      sentences.push(`Who signed in more than ${most} ago has to sign in again.`);
    }
    if (path === 'session.requireSecondFactor' && strictness(after) > strictness(before)) {
      const who = after === 'all' ? 'Who' : 'An administrator who';
      sentences.push(`${who} has no second factor can do nothing more until one is set up.`);
    }
  }
  return sentences;
}

/** The more people a second factor is demanded of, the larger. */
function strictness(value: string | null): number {
  return ['never', 'administrators', 'all'].indexOf(value ?? '');
}
