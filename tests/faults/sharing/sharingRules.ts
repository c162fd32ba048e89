import { type SharingMode, type SharingRule, weekdays } from '@commonsight/types/relay/sharing';
import type { Random } from '../signalling/Random.ts';

/** A mode at all times. */
export const plainRule = (mode: SharingMode): SharingRule => ({ mode, schedule: [], dates: [] });

export const always = plainRule('always');

const dayMs = 86_400_000;

const dateIn = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

/** Those of each time zone around now: a zone is at most a day away from UTC. */
const datesOfNow = [-1, 0, 1];

/** By which nobody may look now, each by another part of a rule. All but what is given by `mode` share always. */
export const unsharingRules: Readonly<Record<string, (random: Random, mode: SharingMode) => SharingRule>> = {
  'the mode': (_, mode) => plainRule(mode),
  'periods that fill the week': (random, mode) => {
    const cut = `${String(random.int(0, 23)).padStart(2, '0')}:${String(random.int(1, 59)).padStart(2, '0')}`;
    const period = (from: string, to: string) => ({ days: [...weekdays], from, to, mode });
    return { mode: 'always', schedule: [period('00:00', cut), period(cut, '24:00')], dates: [] };
  },
  'the first of two periods': (_, mode) => {
    const period = (of: SharingMode) => ({ days: [...weekdays], from: '00:00', to: '24:00', mode: of });
    return { mode: 'always', schedule: [period(mode), period('always')], dates: [] };
  },
  'periods of other days': (_, mode) => {
    const days = weekdays.filter((_day, index) =>
      datesOfNow.every((offset) => (new Date(Date.now() + offset * dayMs).getUTCDay() + 6) % 7 !== index),
    );
    return { mode, schedule: [{ days, from: '00:00', to: '24:00', mode: 'always' }], dates: [] };
  },
  'the date of today': (_, mode) => {
    const dates = datesOfNow.map((days) => ({ date: dateIn(days), mode }));
    return { mode: 'always', schedule: [], dates };
  },
  'dates that are over': (random, mode) => {
    const first = random.int(3, 300);
    const dates = Array.from({ length: 5 }, (_each, day) => ({ date: dateIn(-first - day), mode: 'always' as const }));
    return { mode, schedule: [], dates };
  },
  'dates to come': (random, mode) => {
    const dates = [{ date: dateIn(random.int(3, 300)), mode: 'always' as const }];
    return { mode, schedule: [], dates };
  },
  'the date of today, before a period': (_, mode) => {
    const schedule = [{ days: [...weekdays], from: '00:00', to: '24:00', mode: 'always' as const }];
    return { mode: 'always', schedule, dates: datesOfNow.map((days) => ({ date: dateIn(days), mode })) };
  },
};
