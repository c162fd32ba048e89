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

const notes = [
  'Male, red jacket, runs north on 3rd Street',
  'Silver Ford leaves the car park, plate ends 41',
  'Medics on scene',
  'Two witnesses stay at the kiosk',
  'Suspect went into the tram, line 6',
  'clear',
  '10-4',
  'gone on arrival',
  'checked, nothing',
  'Owner called back, shop is locked',
];

interface Desk {
  user: MadeUser;
  session: PastSession;
}

/** Adds the work of two weeks: shifts, sessions, incidents that are worked on, and exactly so many viewings. */
export function addOrdinaryWork(city: MadeCity, chance: Chance, viewings: number): void {
  const market = addIncident(city, chance, {
    title: 'Spring market, crowd safety',
    position: placeIn(chance),
    openedAtMs: firstDayMs - 2 * madeDayMs,
  });
  market.purpose = 'publicEvent';
  const days = Array.from({ length: madeDays }, (_, day) => day);
  const shifts = city.users.flatMap((user) =>
    days.flatMap((day) => {
      const startMs = shiftStartMs(user, day);
      return startMs === null ? [] : [{ user, startMs }];
    }),
  );
  for (const shift of chance.some(shifts, shifts.length)) {
    if (city.viewings.length >= viewings) break;
    workAShift(city, chance, { ...shift, market });
  }
  if (city.viewings.length < viewings) throw new Error(`In two weeks this city has no ${viewings} viewings.`);
  city.viewings.length = viewings;
}

function workAShift(
  city: MadeCity,
  chance: Chance,
  { user, startMs, market }: { user: MadeUser; startMs: number; market: MadeIncident },
): void {
  // Some come early, some stay on: handing over, or a case that is not done.
  const comesMs = startMs - chance.skewed(8, 0.7) * madeMinuteMs;
  const goesMs = startMs + 8 * madeHourMs + (chance.happens(0.06) ? chance.between(0.2, 3) : 0) * madeHourMs;
  const session = signIn(user, { sourceAddress: user.address, startedAtMs: comesMs, lastActiveAtMs: goesMs });
  // A supervisor's tablet, or a second room: now and then somebody changes desks for good.
  if (chance.happens(0.05)) {
    const leftMs = chance.between(comesMs, goesMs);
    session.lastActiveAtMs = leftMs;
    const elsewhere = signIn(user, { sourceAddress: '10.20.9.40', startedAtMs: leftMs, lastActiveAtMs: goesMs });
    workOnIncidents(city, chance, { user, session: elsewhere }, { fromMs: leftMs, untilMs: goesMs, market });
    workOnIncidents(city, chance, { user, session }, { fromMs: comesMs, untilMs: leftMs, market });
    return;
  }
  workOnIncidents(city, chance, { user, session }, { fromMs: comesMs, untilMs: goesMs, market });
}

function workOnIncidents(
  city: MadeCity,
  chance: Chance,
  desk: Desk,
  { fromMs, untilMs, market }: { fromMs: number; untilMs: number; market: MadeIncident },
): void {
  let atMs = fromMs + chance.skewed(12, 0.6) * madeMinuteMs;
  while (atMs < untilMs) {
    const incident = chance.happens(0.06) ? market : chooseIncident(city, chance, atMs);
    if (incident !== null) workOn(city, chance, desk, incident, atMs);
    atMs += chance.skewed(55, 0.7) * madeMinuteMs;
  }
}

/** Mostly what has just happened; sometimes a case of the last days. */
function chooseIncident(city: MadeCity, chance: Chance, atMs: number): MadeIncident | null {
  const reachMs = chance.happens(0.85) ? 5 * madeHourMs : 5 * madeDayMs;
  const open = city.incidents.filter(({ openedAtMs }) => openedAtMs <= atMs && openedAtMs > atMs - reachMs);
  return open.length === 0 ? null : chance.pick(open);
}

function workOn(city: MadeCity, chance: Chance, desk: Desk, incident: MadeIncident, startMs: number): void {
  const near = nearest(city, incident.position);
  const isTogether = chance.happens(0.6);
  const count = isTogether ? chance.pick([1, 2, 4, 4, 9, 16]) : Math.max(1, Math.round(chance.skewed(3, 0.7)));
  // Following somebody leads away from the place.
  const chosen = chance.happens(0.08)
    ? chance.some(city.cameras, Math.min(count, 8))
    : chance.some(near.slice(0, count + 6), count);
  let atMs = startMs;
  for (const camera of chosen) {
    const durationMs = chance.skewed(incident.purpose === 'publicEvent' ? 70 : 7, 1) * madeMinuteMs;
    look(city, { ...desk, camera, incident, startedAtMs: atMs, durationMs, pattern: null });
    atMs += isTogether ? chance.between(20, 400) : chance.skewed(35, 0.8) * 1_000;
  }
  if (chance.happens(0.65)) {
    const writtenMs = atMs + chance.skewed(6, 0.8) * madeMinuteMs;
    note(incident, writtenMs, chance.happens(0.6) ? desk.user.id : chance.pick(city.users).id, chance.pick(notes));
  }
}
