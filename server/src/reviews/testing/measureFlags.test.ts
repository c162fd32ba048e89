import { describe, expect, test } from 'vitest';
import { Chance } from './Chance.ts';
import { makeCity } from './madeCity.ts';
import { measureFlags } from './measureFlags.ts';
import { plantMisuse } from './plantedMisuse.ts';

/** Nobody chose these: what holds must hold for any. */
const seeds = Array.from({ length: 3 }, () => Math.floor(Math.random() * 2 ** 32));

describe.each(seeds)('a city with planted misuse, seed %d', (seed) => {
  const options = { seed, viewings: 600, patterns: 21 };

  test('has what was asked for, and is counted whole', () => {
    const figures = measureFlags(options);
    expect(figures.ordinary).toBe(600);
    expect(figures.patterns).toBe(21);
    expect(Object.values(figures.foundByKind).map(({ planted }) => planted)).toEqual([3, 3, 3, 3, 3, 3, 3]);
    for (const { planted, found, named } of Object.values(figures.foundByKind)) {
      expect(named).toBeLessThanOrEqual(found);
      expect(found).toBeLessThanOrEqual(planted);
    }
    // More of what was planted stands out than of ordinary work, or the flags are worth nothing.
    expect(figures.found / figures.patterns).toBeGreaterThan(figures.falseAlarms / figures.ordinary);
  });

  test('is the same for the same seed', () => {
    expect(measureFlags(options)).toEqual(measureFlags(options));
  });

  test('every pattern has viewings', () => {
    const chance = new Chance(seed);
    const city = makeCity(chance);
    plantMisuse(city, chance, 14);
    expect(new Set(city.viewings.map(({ pattern }) => pattern)).size).toBe(14);
  });
});
