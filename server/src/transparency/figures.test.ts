import { type Purpose, purposeSchema } from '@commonsight/types/purpose';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countViewings, percentile } from './countViewings.ts';
import { computeFigures, type FigureSources } from './figures.ts';
import type { LogLine } from './LogLine.ts';

const checkpoint = { origin: 'test/log/a', size: 3, root: 'cm9vdA==' };
const cameras = { always: 20, onAlert: 0, recordedOnly: 0, off: 0 };

interface MadeViewing {
  purpose: Purpose;
  incidentNumber: number | null;
  durationMs: number | null;
}

const madeViewings = fc.array(
  fc.record({
    purpose: fc.constantFrom(...purposeSchema.options),
    incidentNumber: fc.option(fc.nat(50)),
    durationMs: fc.option(fc.nat(7_200_000)),
  }),
  { maxLength: 60 },
);

describe('against a second, simple count', () => {
  test('viewings, minutes, incident numbers and lengths', () => {
    fc.assert(
      fc.property(madeViewings, fc.nat(), (viewings, turn) => {
        const counts = countViewings(turned(viewings.flatMap(linesOf), turn));
        for (const purpose of purposeSchema.options) {
          const ofPurpose = viewings.filter((viewing) => viewing.purpose === purpose);
          expect(counts.byPurpose[purpose]).toBe(ofPurpose.length);
          expect(counts.durationMsByPurpose[purpose]).toBe(
            ofPurpose.map(({ durationMs }) => durationMs ?? 0).reduce((sum, value) => sum + value, 0),
          );
        }
        expect(counts.withIncident).toBe(viewings.filter(({ incidentNumber }) => incidentNumber !== null).length);
        expect(counts.withIncident + counts.withoutIncident).toBe(viewings.length);
        expect(counts.lengthsMs).toEqual(
          viewings.flatMap(({ durationMs }) => (durationMs === null ? [] : [durationMs])).sort((a, b) => a - b),
        );
      }),
    );
  });

  test('a percentile is the first number that enough others do not exceed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1 }), fc.constantFrom(0.5, 0.95), (numbers, share) => {
        const sorted = [...numbers].sort((a, b) => a - b);
        const simple = sorted.find((one) => numbers.filter((other) => other <= one).length >= share * numbers.length);
        expect(percentile(sorted, share)).toBe(simple);
      }),
    );
    expect(percentile([], 0.5)).toBeNull();
  });

  test('what is shown of viewings adds up, and nothing small is shown', () => {
    fc.assert(
      fc.property(madeViewings, (viewings) => {
        const rows = rowsOf('viewings', { lines: viewings.flatMap(linesOf) });
        for (const { key, value } of rows) {
          if (value === null) continue;
          const real = viewings.filter(({ purpose }) => key === 'total' || purpose === key).length;
          expect(value).toBe(real);
          expect(value === 0 || value >= 5).toBe(true);
        }
        const withheld = new Set(rows.filter(({ value }) => value === null).map(({ key }) => key));
        const minutes = rowsOf('minutes', { lines: viewings.flatMap(linesOf) });
        expect(new Set(minutes.filter(({ value }) => value === null).map(({ key }) => key))).toEqual(withheld);
      }),
    );
  });
});

test('refusals are counted by what was asked for', () => {
  const refusals = ['viewing.started', 'grant.created', 'session.refused', 'user.listed'].flatMap((type, at) =>
    Array.from({ length: 5 + at }, () => line(type, {}, 'refused')),
  );
  const done = Array.from({ length: 9 }, () => line('grant.created'));
  expect(rowsOf('refusals', { lines: [...refusals, ...done] }).map(({ key, value }) => [key, value])).toEqual([
    ['viewing', 5],
    ['grant', 6],
    ['session', 7],
    ['other', 8],
    ['total', 26],
  ]);
});

test('an act that this version does not know is said to be not yet recorded, and never counted as none', () => {
  const figures = computeFigures({ lines: [], checkpoint, cameras, knownTypes: new Set(['grantRequest.approved']) });
  const states = new Map(figures.map(({ id, state }) => [id, state]));
  expect(states.get('approvals')).toBe('shown');
  expect(states.get('alerts')).toBe('notYetRecorded');
  expect(figures.find(({ id }) => id === 'alerts')?.rows).toEqual([]);
});

test('acts are counted when they are done', () => {
  const lines = Array.from({ length: 8 }, () => line('review.closed'));
  const knownTypes = new Set(['review.closed']);
  expect(rowsOf('reviews', { lines: [...lines, line('review.closed', {}, 'refused')], knownTypes })).toEqual([
    { key: 'closed', name: 'Closed', value: 8 },
  ]);
});

test('an alert counts once through all its stages, and a test not at all', () => {
  const stages = (id: string, isTest: boolean, end: string): LogLine[] => {
    const told = [
      { stage: 'arming', isTest, trigger: 'owner', end: null },
      { stage: 'ended', isTest, trigger: 'owner', end },
    ];
    return told.map((details) => ({ ...line('alert.changed', details), targetId: id }));
  };
  const lines = Array.from({ length: 14 }, (_, at) => [
    ...stages(`alert ${at}`, false, at < 6 ? 'cancelled' : 'time'),
    ...stages(`test ${at}`, true, 'cancelled'),
  ]).flat();
  expect(
    rowsOf('alerts', { lines, knownTypes: new Set(['alert.changed']) }).map(({ key, value }) => [key, value]),
  ).toEqual([
    ['begun', 14],
    ['cancelled', 6],
  ]);
});

test('how often an incident’s number was kept from owners is published', () => {
  const lines = Array.from({ length: 6 }, () => line('ledger.withheld'));
  const knownTypes = new Set(['ledger.withheld', 'ledger.withholdingEnded']);
  expect(rowsOf('withheldNumbers', { lines: [...lines, line('ledger.withholdingEnded')], knownTypes })).toEqual([
    { key: 'withheld', name: 'Kept back', value: 6 },
    { key: 'endedEarly', name: 'Shown before the time was over', value: null },
  ]);
});

test('every figure of the log names its checkpoint, and the cameras none', () => {
  for (const figure of computeFigures({ lines: [], checkpoint, cameras, knownTypes: new Set() })) {
    expect(figure.checkpoint).toEqual(figure.id === 'cameras' ? null : checkpoint);
    expect(figure.meaning).toMatch(/\.$/);
  }
});

function rowsOf(id: string, sources: Partial<FigureSources>) {
  const figures = computeFigures({ lines: [], checkpoint, cameras, knownTypes: new Set(), ...sources });
  return figures.find((figure) => figure.id === id)?.rows ?? [];
}

function linesOf({ purpose, incidentNumber, durationMs }: MadeViewing, at: number): LogLine[] {
  const details = { purpose, ...(incidentNumber === null ? {} : { incidentNumber }) };
  const started = { ...line('viewing.started', details), targetId: `viewing ${at}` };
  if (durationMs === null) return [started];
  return [started, { ...line('viewing.ended', { durationMs }), targetId: `viewing ${at}` }];
}

function line(type: string, details: LogLine['details'] = {}, outcome: LogLine['outcome'] = 'done'): LogLine {
  return { at: '2026-01-05T10:00:00.000Z', type, outcome, targetId: null, details };
}

/** In another order. */
function turned<T>(items: readonly T[], by: number): T[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
