import type { Shift } from '@commonsight/types/review';
import type { Position } from '@commonsight/types/position';
import type { Purpose } from '@commonsight/types/purpose';
import { distanceMetres } from '../../cameras/reach.ts';
import type { PastIncident, PastSession, PastViewing } from '../flags/FlagRule.ts';
import type { Chance } from './Chance.ts';

export const madeMinuteMs = 60_000;
export const madeHourMs = 60 * madeMinuteMs;
export const madeDayMs = 24 * madeHourMs;
/** A Monday, midnight. */
export const firstDayMs = Date.parse('2026-03-02T00:00:00.000Z');
export const madeDays = 14;

export interface MadeUser {
  id: string;
  shift: Shift;
  /** Of the desk at work. */
  address: string;
  sessions: PastSession[];
}

export interface MadeCamera {
  id: string;
  position: Position;
}

/** An incident whose timeline still grows. */
export type MadeIncident = Omit<PastIncident, 'entries'> & {
  entries: PastIncident['entries'][number][];
  purpose: Purpose;
};

/** `pattern`: the planted misuse that it belongs to, or null for ordinary work. */
export type MadeViewing = PastViewing & { pattern: number | null };

/** A made-up agency: people with working hours, cameras in districts, and what they looked at. */
export interface MadeCity {
  users: MadeUser[];
  cameras: MadeCamera[];
  incidents: MadeIncident[];
  viewings: MadeViewing[];
}

const startHours = [6, 7, 14, 15, 22, 23];
const incidentTitles = [
  'Robbery at a kiosk',
  'Crash with two cars',
  'Burglary alarm, jeweller',
  'Missing child, red coat',
  'Fight outside a bar',
  'Stolen delivery van',
  'Shots heard near the bridge',
  'Bag snatched at the tram stop',
  'Hit and run, grey pickup',
  'Man with a knife',
  'Shoplifting, two persons',
  'Fire in a bin store',
];
const purposes: Purpose[] = ['emergencyResponse', 'violentCrime', 'propertyCrime', 'trafficIncident', 'missingPerson'];

/** A position in a city of about 9 by 9 kilometres. */
export function placeIn(chance: Chance, around?: Position, spreadMetres = 0): Position {
  const centre = around ?? { latitude: chance.between(43, 43.08), longitude: chance.between(-87.97, -87.86) };
  const metres = (most: number) => chance.between(-most, most);
  return {
    latitude: centre.latitude + metres(spreadMetres) / 111_000,
    longitude: centre.longitude + metres(spreadMetres) / 81_000,
  };
}

export function makeCity(chance: Chance): MadeCity {
  const users = Array.from({ length: 30 }, (_, index) => makeUser(chance, index));
  const districts = Array.from({ length: 12 }, () => placeIn(chance));
  const cameras = Array.from({ length: 160 }, (_, index) => ({
    id: `camera-${index}`,
    position: placeIn(chance, chance.pick(districts), 700),
  }));
  const city: MadeCity = { users, cameras, incidents: [], viewings: [] };
  for (let day = -10; day < madeDays; day += 1) {
    for (let count = chance.whole(4, 9); count > 0; count -= 1) {
      addIncident(city, chance, {
        title: chance.pick(incidentTitles),
        position: placeIn(chance, chance.pick(districts), 900),
        openedAtMs: firstDayMs + (day + chance.next()) * madeDayMs,
      });
    }
  }
  return city;
}

function makeUser(chance: Chance, index: number): MadeUser {
  const startMinute = chance.pick(startHours) * 60;
  const firstDay = chance.pick([1, 1, 1, 3, 4]);
  return {
    id: `user-${index}`,
    address: `10.20.${chance.whole(1, 3)}.${chance.whole(2, 250)}`,
    sessions: [],
    shift: {
      timeZone: 'UTC',
      days: [0, 1, 2, 3, 4].map((after) => ((firstDay - 1 + after) % 7) + 1),
      startMinute,
      endMinute: (startMinute + 8 * 60) % (24 * 60),
    },
  };
}

export function addIncident(
  city: MadeCity,
  chance: Chance,
  incident: Pick<PastIncident, 'title' | 'position' | 'openedAtMs'>,
): MadeIncident {
  const number = 1_000 + city.incidents.length;
  const made = { ...incident, id: `incident-${number}`, number, entries: [], purpose: chance.pick(purposes) };
  city.incidents.push(made);
  return made;
}

export function note(incident: MadeIncident, atMs: number, authorId: string, text: string): void {
  incident.entries.push({ atMs, authorId, kind: 'note', text });
}

export function signIn(user: MadeUser, session: Omit<PastSession, 'id' | 'deviceClass'>): PastSession {
  const made = { ...session, id: `${user.id}-session-${user.sessions.length}`, deviceClass: 'console' as const };
  user.sessions.push(made);
  return made;
}

export function look(
  city: MadeCity,
  viewing: {
    user: MadeUser;
    session: PastSession;
    camera: MadeCamera;
    incident: MadeIncident;
    startedAtMs: number;
    durationMs: number;
    pattern: number | null;
  },
): void {
  const { user, session, camera, incident, startedAtMs, durationMs, pattern } = viewing;
  city.viewings.push({
    id: `viewing-${city.viewings.length}`,
    userId: user.id,
    sessionId: session.id,
    cameraId: camera.id,
    cameraName: camera.id,
    cameraPosition: camera.position,
    incidentId: incident.id,
    purpose: incident.purpose,
    startedAtMs,
    endedAtMs: startedAtMs + durationMs,
    pattern,
  });
}

/** The cameras nearest to a place, the nearest first. */
export function nearest(city: MadeCity, place: Position): MadeCamera[] {
  return city.cameras.toSorted((a, b) => distanceMetres(place, a.position) - distanceMetres(place, b.position));
}

/** When a user's shift of a day begins, or null on a day off. `day` counts from 0. */
export function shiftStartMs(user: MadeUser, day: number): number | null {
  const weekday = (day % 7) + 1;
  return user.shift.days.includes(weekday)
    ? firstDayMs + day * madeDayMs + user.shift.startMinute * madeMinuteMs
    : null;
}
