import { type FlagRule, type PastSession, endOf, minuteMs } from './FlagRule.ts';

/** Activity is reported about once a minute: what overlaps by less can be one person who went from here to there. */
const leastOverlapMs = 2 * minuteMs;
const aroundMs = 5 * minuteMs;

/** The account in use from two networks at the same time: one person is in one place. */
export const twoPlaces: FlagRule = {
  kind: 'twoPlaces',
  find({ viewing, sessions, nowMs }) {
    const own = sessions.find(({ id }) => id === viewing.sessionId);
    if (own === undefined || !isUsedByOnePerson(own)) return null;
    const fromMs = viewing.startedAtMs - aroundMs;
    const untilMs = endOf(viewing, nowMs) + aroundMs;
    const other = sessions.find(
      (session) =>
        session.id !== own.id &&
        isUsedByOnePerson(session) &&
        networkOf(session.sourceAddress) !== networkOf(own.sourceAddress) &&
        overlapMs(session, own) >= leastOverlapMs &&
        session.startedAtMs <= untilMs &&
        session.lastActiveAtMs >= fromMs,
    );
    if (other === undefined) return null;
    return `The account was active from ${own.sourceAddress ?? ''} and from ${other.sourceAddress ?? ''} at the same time.`;
  },
};

/** A wall display hangs where it was declared, while its supervisor is elsewhere. */
function isUsedByOnePerson(session: PastSession): boolean {
  return session.deviceClass === 'console' && session.sourceAddress !== null && session.sourceAddress !== '';
}

function overlapMs(a: PastSession, b: PastSession): number {
  return Math.min(a.lastActiveAtMs, b.lastActiveAtMs) - Math.max(a.startedAtMs, b.startedAtMs);
}

/** Desks of one room share a network and not an address; IPv6 machines change theirs by themselves. */
export function networkOf(address: string | null): string {
  const plain = (address ?? '').toLowerCase().replace(/^::ffff:/, '');
  if (!plain.includes(':')) return plain.split('.').slice(0, 3).join('.');
  const [head = '', tail] = plain.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array.from({ length: zeros }, () => '0'), ...last];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
