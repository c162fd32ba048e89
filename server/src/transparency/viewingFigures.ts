import type { Purpose } from '@commonsight/types/purpose';
import { type FigureRow, fewestShown } from '@commonsight/types/transparency';
import { countViewings, percentile } from './countViewings.ts';
import type { CountedFigure } from './figures.ts';
import type { LogLine } from './LogLine.ts';
import { withholdSmall } from './withholdSmall.ts';

const purposeNames: Readonly<Record<Purpose, string>> = {
  emergencyResponse: 'Emergency response',
  violentCrime: 'Violent crime',
  propertyCrime: 'Property crime',
  trafficIncident: 'Traffic incident',
  missingPerson: 'Missing person',
  publicEvent: 'Public event',
  training: 'Training',
};

/** With fewer, the longest but a few would be the length of one viewing that somebody remembers. */
const fewestForPercentile = 20;

/** Who has looked, why and for how long. Counts and minutes of one purpose are shown or withheld together. */
export function viewingFigures(lines: readonly LogLine[]): CountedFigure[] {
  const counts = countViewings(lines);
  const { total, tables } = withholdSmall([
    counts.byPurpose,
    { with: counts.withIncident, without: counts.withoutIncident },
  ]);
  const [byPurpose = {}, byIncident = {}] = tables;
  const purposes = Object.keys(purposeNames) as Purpose[];
  const totalMs = sum(Object.values(counts.durationMsByPurpose));
  return [
    {
      id: 'viewings',
      title: 'Viewings by purpose',
      meaning: 'How often somebody opened a camera in the period, and for which purpose.',
      unit: 'count',
      rows: [
        ...purposes.map((key) => ({ key, name: purposeNames[key], value: byPurpose[key] ?? null })),
        { key: 'total', name: 'All viewings', value: total },
      ],
    },
    {
      id: 'minutes',
      title: 'Minutes watched by purpose',
      meaning: 'How long these viewings were together, without those that had not ended by the end of the period.',
      unit: 'minutes',
      rows: [
        ...purposes.map((key) => ({
          key,
          name: purposeNames[key],
          value: isWithheld(byPurpose[key]) ? null : toMinutes(counts.durationMsByPurpose[key]),
        })),
        { key: 'total', name: 'All minutes', value: total === null ? null : toMinutes(totalMs) },
      ],
    },
    {
      id: 'viewingsWithIncident',
      title: 'Viewings with an incident number',
      meaning: 'How many viewings belong to a numbered incident; every one should.',
      unit: 'count',
      rows: [
        { key: 'with', name: 'With an incident number', value: byIncident['with'] ?? null },
        { key: 'without', name: 'Without one', value: byIncident['without'] ?? null },
      ],
    },
    {
      id: 'shareWithIncident',
      title: 'Share of viewings with an incident number',
      meaning: 'The same in a hundred viewings.',
      unit: 'percent',
      rows: [{ key: 'share', name: 'With an incident number', value: shareOf(byIncident['with'], total) }],
    },
    {
      id: 'length',
      title: 'Length of a viewing',
      meaning: 'Half of the viewings were not longer than the median, and 95 in a hundred not longer than the other.',
      unit: 'seconds',
      rows: lengthRows(counts.lengthsMs),
    },
  ];
}

function lengthRows(lengthsMs: readonly number[]): FigureRow[] {
  const secondsAt = (share: number, fewest: number): number | null => {
    const lengthMs = lengthsMs.length < fewest ? null : percentile(lengthsMs, share);
    return lengthMs === null ? null : Math.round(lengthMs / 1000);
  };
  return [
    { key: 'median', name: 'Median', value: secondsAt(0.5, fewestShown) },
    { key: 'percentile95', name: '95th percentile', value: secondsAt(0.95, fewestForPercentile) },
  ];
}

/** In whole percent, rounded down, so that 100 means all of them. */
function shareOf(part: number | null | undefined, total: number | null): number | null {
  if (part === null || part === undefined || total === null || total === 0) return null;
  return Math.floor((part / total) * 100);
}

function isWithheld(value: number | null | undefined): boolean {
  return value === null || value === undefined;
}

function toMinutes(durationMs: number): number {
  return Math.round(durationMs / 60_000);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
