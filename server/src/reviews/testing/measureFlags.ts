import { type FlagKind, flagKindSchema } from '@commonsight/types/review';
import { findFlags } from '../flags/rules.ts';
import { Chance } from './Chance.ts';
import { type MadeCity, type MadeViewing, makeCity } from './madeCity.ts';
import { addOrdinaryWork } from './ordinaryWork.ts';
import { plantMisuse } from './plantedMisuse.ts';

/** What the rules make of one planted city. */
export interface FlagFigures {
  patterns: number;
  /** Patterns of which at least one viewing was flagged by any rule, and by the rule for them. */
  found: number;
  foundByKind: Record<FlagKind, { planted: number; found: number; named: number }>;
  ordinary: number;
  /** Ordinary viewings that were flagged. */
  falseAlarms: number;
  falseAlarmsByKind: Record<FlagKind, number>;
}

/** Makes a city from a seed, plants misuse in it and counts what the rules find. */
export function measureFlags(options: { seed: number; viewings: number; patterns: number }): FlagFigures {
  const chance = new Chance(options.seed);
  const city = makeCity(chance);
  addOrdinaryWork(city, chance, options.viewings);
  const planted = plantMisuse(city, chance, options.patterns);

  const figures: FlagFigures = {
    patterns: planted.length,
    found: 0,
    foundByKind: forEachKind(() => ({ planted: 0, found: 0, named: 0 })),
    ordinary: 0,
    falseAlarms: 0,
    falseAlarmsByKind: forEachKind(() => 0),
  };
  const kindsOfPattern = new Map<number, Set<FlagKind>>();
  for (const { viewing, kinds } of judgeAll(city)) {
    if (viewing.pattern === null) {
      figures.ordinary += 1;
      if (kinds.length > 0) figures.falseAlarms += 1;
      for (const kind of kinds) figures.falseAlarmsByKind[kind] += 1;
      continue;
    }
    const found = kindsOfPattern.get(viewing.pattern) ?? new Set();
    for (const kind of kinds) found.add(kind);
    kindsOfPattern.set(viewing.pattern, found);
  }
  for (const [pattern, { kind }] of planted.entries()) {
    const kinds = kindsOfPattern.get(pattern) ?? new Set();
    const counts = figures.foundByKind[kind];
    counts.planted += 1;
    if (kinds.size > 0) {
      figures.found += 1;
      counts.found += 1;
    }
    if (kinds.has(kind)) counts.named += 1;
  }
  return figures;
}

function judgeAll(city: MadeCity): { viewing: MadeViewing; kinds: FlagKind[] }[] {
  const users = new Map(city.users.map((user) => [user.id, user]));
  const incidents = new Map(city.incidents.map((incident) => [incident.id, incident]));
  const histories = Map.groupBy(
    city.viewings.toSorted((a, b) => a.startedAtMs - b.startedAtMs),
    ({ userId }) => userId,
  );
  return city.viewings.map((viewing) => {
    const user = users.get(viewing.userId);
    const incident = incidents.get(viewing.incidentId);
    if (user === undefined || incident === undefined) throw new Error('The made-up city has a hole.');
    const nowMs = viewing.endedAtMs ?? viewing.startedAtMs;
    // As the examiner finds it just after the viewing's end: what comes later is not known yet.
    const entries = incident.entries.filter(({ atMs }) => atMs <= nowMs).sort((a, b) => a.atMs - b.atMs);
    const history = (histories.get(user.id) ?? []).filter(({ startedAtMs }) => startedAtMs <= nowMs);
    const sessions = user.sessions
      .filter(({ startedAtMs }) => startedAtMs <= nowMs)
      .map((session) => ({ ...session, lastActiveAtMs: Math.min(session.lastActiveAtMs, nowMs) }));
    const flags = findFlags({
      viewing,
      incident: { ...incident, entries },
      history,
      sessions,
      shift: user.shift,
      nowMs,
    });
    return { viewing, kinds: flags.map(({ kind }) => kind) };
  });
}

function forEachKind<T>(make: () => T): Record<FlagKind, T> {
  return Object.fromEntries(flagKindSchema.options.map((kind) => [kind, make()])) as Record<FlagKind, T>;
}
