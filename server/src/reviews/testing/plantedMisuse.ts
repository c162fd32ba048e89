import type { FlagKind } from '@commonsight/types/review';
import type { PastSession } from '../flags/FlagRule.ts';
import type { Chance } from './Chance.ts';
import {
  type MadeCity,
  type MadeIncident,
  type MadeUser,
  addIncident,
  firstDayMs,
  look,
  madeDayMs,
  madeDays,
  madeHourMs,
  madeMinuteMs,
  nearest,
  note,
  placeIn,
  shiftStartMs,
  signIn,
} from './madeCity.ts';

/** One case of misuse that was planted. */
export interface Planted {
  /** The flag that is made for such a case; another one may find it too. */
  kind: FlagKind;
  story: string;
}

type Story = (city: MadeCity, chance: Chance, user: MadeUser, pattern: number) => void;

/**
 * What public reports tell of misused camera and plate systems, with amounts that vary on both sides of what anybody
 * would call normal: some cases are as small as ordinary work, and nothing but chance would find them.
 */
const stories: readonly (Planted & { plant: Story })[] = [
  {
    kind: 'sameCameraManyDays',
    story: 'An officer looks at the street of a former partner, day after day',
    plant: partner,
  },
  { kind: 'longDwell', story: 'Somebody looks at one place for hours, because of who is there', plant: curiosity },
  { kind: 'burst', story: 'Visitors are shown what the system can do, camera after camera', plant: demonstration },
  { kind: 'reusedIncident', story: 'One old case number opens cameras all over the city', plant: oldNumber },
  { kind: 'twoPlaces', story: 'A password is shared with somebody elsewhere', plant: sharedPassword },
  { kind: 'outOfShift', story: 'Somebody looks in at night, from a login that should rest', plant: offDuty },
  { kind: 'genericNotes', story: 'A case is made up with a word that fits everything', plant: emptyWords },
];

const excuses = [
  'investigation',
  'Investigation',
  'inv',
  'police business',
  'LE use',
  'official',
  'checking area',
  'susp activity',
  'misc',
  'test',
  '...',
  'follow up',
  'as requested',
  'pd',
  'intel',
  'patrol',
  'welfare check', // what sounds like something is not found by words
  'see report',
];

/** Plants so many cases, the kinds in turn, users by chance. */
export function plantMisuse(city: MadeCity, chance: Chance, patterns: number): Planted[] {
  return Array.from({ length: patterns }, (_, pattern) => {
    const { plant, kind, story } = stories[pattern % stories.length] ?? chance.pick(stories);
    plant(city, chance, chance.pick(city.users), pattern);
    return { kind, story };
  });
}

function partner(city: MadeCity, chance: Chance, user: MadeUser, pattern: number): void {
  const camera = chance.pick(city.cameras);
  const incident = ownIncident(city, chance, chance.between(0, 6));
  const visits = chance.whole(3, 10);
  for (const day of chance.some(daysOfWork(user), visits)) {
    const startedAtMs = sometime(chance, user, day, 1.5);
    const session = loginAround(user, startedAtMs);
    for (let looks = chance.whole(1, 3); looks > 0; looks -= 1) {
      const atMs = startedAtMs + looks * chance.between(5, 60) * madeMinuteMs;
      const durationMs = chance.skewed(4, 0.8) * madeMinuteMs;
      look(city, { user, session, camera, incident, startedAtMs: atMs, durationMs, pattern });
    }
    if (chance.happens(0.2)) note(incident, startedAtMs, user.id, chance.pick(excuses));
  }
}

function curiosity(city: MadeCity, chance: Chance, user: MadeUser, pattern: number): void {
  const incident = ownIncident(city, chance, chance.between(0, 3));
  const [camera] = nearest(city, incident.position);
  if (camera === undefined) return;
  const startedAtMs = sometime(chance, user, chance.pick(daysOfWork(user)), 1);
  const durationMs = chance.between(0.8, 6.5) * madeHourMs;
  const session = loginAround(user, startedAtMs);
  if (chance.happens(0.3)) {
    // The connection breaks, and the look goes on.
    const cut = chance.between(0.2, 0.8);
    const goesOnMs = startedAtMs + cut * durationMs + chance.between(2, 90) * 1_000;
    look(city, { user, session, camera, incident, startedAtMs, durationMs: cut * durationMs, pattern });
    const restMs = (1 - cut) * durationMs;
    look(city, { user, session, camera, incident, startedAtMs: goesOnMs, durationMs: restMs, pattern });
    return;
  }
  look(city, { user, session, camera, incident, startedAtMs, durationMs, pattern });
}

function demonstration(city: MadeCity, chance: Chance, user: MadeUser, pattern: number): void {
  let atMs = sometime(chance, user, chance.pick(daysOfWork(user)), 1);
  const session = loginAround(user, atMs);
  const incident = ownIncident(city, chance, chance.between(0, 2), atMs);
  const apartMs = chance.between(4, 70) * 1_000;
  for (const camera of chance.some(city.cameras, chance.whole(8, 40))) {
    const durationMs = apartMs * chance.between(0.5, 3);
    look(city, { user, session, camera, incident, startedAtMs: atMs, durationMs, pattern });
    atMs += apartMs * chance.between(0.5, 1.8);
  }
}

function oldNumber(city: MadeCity, chance: Chance, user: MadeUser, pattern: number): void {
  const incident = ownIncident(city, chance, chance.between(1, 12));
  const elsewhere = city.cameras.toSorted(() => chance.next() - 0.5).slice(0, chance.whole(2, 14));
  const days = chance.some(daysOfWork(user), chance.whole(1, 4));
  for (const camera of elsewhere) {
    const startedAtMs = sometime(chance, user, chance.pick(days), 1);
    const durationMs = chance.skewed(5, 1) * madeMinuteMs;
    look(city, { user, session: loginAround(user, startedAtMs), camera, incident, startedAtMs, durationMs, pattern });
  }
}

function sharedPassword(city: MadeCity, chance: Chance, user: MadeUser, pattern: number): void {
  const day = chance.pick(daysOfWork(user));
  const atMs = sometime(chance, user, day, 1);
  const overlapMs = chance.skewed(25, 1.2) * madeMinuteMs;
  const own = loginAround(user, atMs);
  own.lastActiveAtMs = Math.max(own.lastActiveAtMs, atMs + overlapMs);
  // From home, from a phone, now and then from the desk next to it, which no address tells apart.
  const sourceAddress = chance.happens(0.85) ? `203.0.113.${chance.whole(1, 254)}` : user.address.replace(/\d+$/, '9');
  const session = signIn(user, { sourceAddress, startedAtMs: atMs, lastActiveAtMs: atMs + overlapMs });
  const incident = ownIncident(city, chance, chance.between(0, 1), atMs);
  for (const camera of chance.some(nearest(city, incident.position).slice(0, 10), chance.whole(1, 6))) {
    const startedAtMs = atMs + chance.next() * overlapMs;
    const durationMs = chance.skewed(6, 0.8) * madeMinuteMs;
    look(city, { user, session, camera, incident, startedAtMs, durationMs, pattern });
  }
}

function offDuty(city: MadeCity, chance: Chance, user: MadeUser, pattern: number): void {
  const startMs = shiftStartMs(user, chance.pick(daysOfWork(user))) ?? firstDayMs;
  const awayMs = chance.skewed(150, 1) * madeMinuteMs;
  const atMs = chance.happens(0.5) ? startMs - awayMs : startMs + 8 * madeHourMs + awayMs;
  const session = signIn(user, {
    sourceAddress: user.address,
    startedAtMs: atMs - madeMinuteMs,
    lastActiveAtMs: atMs + 30 * madeMinuteMs,
  });
  const incident = ownIncident(city, chance, chance.between(0, 2), atMs);
  for (const camera of chance.some(nearest(city, incident.position).slice(0, 12), chance.whole(1, 5))) {
    const startedAtMs = atMs + chance.between(0, 12) * madeMinuteMs;
    look(city, {
      user,
      session,
      camera,
      incident,
      startedAtMs,
      durationMs: chance.skewed(5, 1) * madeMinuteMs,
      pattern,
    });
  }
}

function emptyWords(city: MadeCity, chance: Chance, user: MadeUser, pattern: number): void {
  const atMs = sometime(chance, user, chance.pick(daysOfWork(user)), 1);
  const title = chance.happens(0.6) ? chance.pick(excuses) : 'Disturbance reported';
  const incident = addIncident(city, chance, { title, position: placeIn(chance), openedAtMs: atMs - 5 * madeMinuteMs });
  note(incident, atMs - madeMinuteMs, user.id, chance.pick(excuses));
  const session = loginAround(user, atMs);
  for (const camera of chance.some(nearest(city, incident.position).slice(0, 8), chance.whole(1, 5))) {
    const durationMs = chance.skewed(6, 1) * madeMinuteMs;
    const startedAtMs = atMs + chance.between(0, 20) * madeMinuteMs;
    look(city, { user, session, camera, incident, startedAtMs, durationMs, pattern });
  }
}

/** An incident that was opened so many days before, and that nobody else works on. */
function ownIncident(city: MadeCity, chance: Chance, daysBefore: number, beforeMs = firstDayMs): MadeIncident {
  const openedAtMs = beforeMs - daysBefore * madeDayMs;
  return addIncident(city, chance, { title: 'Disturbance reported', position: placeIn(chance), openedAtMs });
}

function daysOfWork(user: MadeUser): number[] {
  const days = Array.from({ length: madeDays }, (_, day) => day);
  return days.filter((day) => shiftStartMs(user, day) !== null);
}

/** A moment of the shift, so many hours before its end at the latest. */
function sometime(chance: Chance, user: MadeUser, day: number, hoursLeft: number): number {
  return (shiftStartMs(user, day) ?? firstDayMs) + chance.between(0.1, 8 - hoursLeft) * madeHourMs;
}

/** The login of that moment, or a new one at the own desk. */
function loginAround(user: MadeUser, atMs: number): PastSession {
  const running = user.sessions.find(
    ({ startedAtMs, lastActiveAtMs, sourceAddress }) =>
      sourceAddress === user.address && startedAtMs <= atMs && lastActiveAtMs >= atMs,
  );
  return (
    running ??
    signIn(user, {
      sourceAddress: user.address,
      startedAtMs: atMs - 2 * madeMinuteMs,
      lastActiveAtMs: atMs + 2 * madeHourMs,
    })
  );
}
