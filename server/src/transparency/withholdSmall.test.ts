import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cells, withholdNumber, withholdSmall } from './withholdSmall.ts';

const cells = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), fc.nat(40), { minKeys: 1 });

test('no number from 1 to 4 is shown, and none is shown wrongly', () => {
  fc.assert(
    fc.property(cells, (table) => {
      const { total, tables } = withholdSmall([table]);
      const shown = Object.entries(tables[0] ?? {}).filter(([, value]) => value !== null);
      expect(shown).toEqual(Object.entries(table).filter(([name]) => tables[0]?.[name] !== null));
      expect(shown.every(([, value]) => value === 0 || Number(value) >= 5)).toBe(true);
      expect([null, sumOf(table)]).toContain(total);
    }),
  );
  expect(withholdSmall([{ a: 4, b: 50 }]).tables).toEqual([{ a: null, b: null }]);
});

test('the total minus the others leaves more than one answer for every number that is withheld', () => {
  fc.assert(
    fc.property(cells, (table) => {
      const { total, tables } = withholdSmall([table]);
      const hidden = Object.values(tables[0] ?? {}).filter((shown) => shown === null).length;
      if (total === null || hidden === 0) return;
      const rest = total - Object.values(tables[0] ?? {}).reduce<number>((sum, shown) => sum + (shown ?? 0), 0);
      // Each is 1 at least: so much is left for any one of them.
      expect(hidden).toBeGreaterThanOrEqual(2);
      expect(rest - (hidden - 1)).toBeGreaterThanOrEqual(5);
    }),
  );
});

test('what is large is shown whole', () => {
  expect(withholdSmall([{ a: 5, b: 90, c: 0 }])).toEqual({ total: 95, tables: [{ a: 5, b: 90, c: 0 }] });
  expect(withholdSmall([{ a: 0 }])).toEqual({ total: 0, tables: [{ a: 0 }] });
});

test('one small number takes the last one with it', () => {
  expect(withholdSmall([{ a: 3, b: 40, c: 19, d: 0 }])).toEqual({
    total: 62,
    tables: [{ a: null, b: 40, c: null, d: 0 }],
  });
});

test('a total that cannot be told is told in no table that has it', () => {
  expect(
    withholdSmall([
      { a: 1, b: 4 },
      { with: 5, without: 0 },
    ]),
  ).toEqual({
    total: null,
    tables: [
      { a: null, b: null },
      { with: null, without: 0 },
    ],
  });
  expect(withholdSmall([{ a: 4 }])).toEqual({ total: null, tables: [{ a: null }] });
});

test('tables of different totals are refused', () => {
  expect(() => withholdSmall([{ a: 5 }, { a: 6 }])).toThrow(RangeError);
});

/** Every pair of tables with these totals, and what is published of it: a reader who knows the rules has the same. */
test('who knows these rules, and tries every table, learns no number that is withheld', () => {
  const published = new Map<string, Map<string, Set<number>>>();
  for (const tables of everyPairOfTables(22)) {
    const shown = withholdSmall(tables);
    const key = JSON.stringify(shown);
    const possible = published.get(key) ?? new Map<string, Set<number>>();
    published.set(key, possible);
    tables.forEach((table, at) => {
      for (const [name, value] of Object.entries(table)) {
        if (shown.tables[at]?.[name] === null) possible.set(name, (possible.get(name) ?? new Set()).add(value));
      }
    });
  }
  const learnt = [...published].filter(([, possible]) => [...possible.values()].some((values) => values.size < 3));
  expect(learnt.map(([shown]) => shown)).toEqual([]);
});

function* everyPairOfTables(mostInAll: number): Generator<Cells[]> {
  for (let total = 0; total <= mostInAll; total += 1) {
    for (let a = 0; a <= total; a += 1) {
      for (let b = 0; a + b <= total; b += 1) {
        for (let without = 0; without <= total; without += 1) {
          yield [
            { a, b, c: total - a - b },
            { with: total - without, without },
          ];
        }
      }
    }
  }
}

test('a number by itself', () => {
  expect([0, 1, 4, 5].map(withholdNumber)).toEqual([0, null, null, 5]);
});

function sumOf(table: Cells): number {
  return Object.values(table).reduce((sum, value) => sum + value, 0);
}
