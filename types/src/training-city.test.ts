import { expect, test } from 'vitest';
import { buildTrainingCity, trainingCityCentre, trainingCityCorner } from './training-city.ts';

const city = buildTrainingCity();

test('Lakeport is the same every time', () => {
  expect(JSON.stringify(buildTrainingCity())).toBe(JSON.stringify(city));
});

test('every area is a closed ring around the centre', () => {
  const areas = [...city.water, ...city.piers, ...city.parks, ...city.blocks, ...city.buildings];
  expect(areas.length).toBeGreaterThan(1000);
  for (const { ring } of areas) {
    expect(ring.length).toBeGreaterThan(3);
    expect(ring.at(-1)).toEqual(ring[0]);
  }
});

test('every street has a piece of itself on land and a name of its own', () => {
  expect(new Set(city.streets.map(({ name }) => name)).size).toBe(city.streets.length);
  expect(city.streets.filter(({ lines }) => lines.length === 0)).toEqual([]);
});

test('only bridges cross the river', () => {
  const wisconsin = city.streets.find(({ name }) => name === 'Wisconsin Ave');
  const market = city.streets.find(({ name }) => name === 'Market St');
  expect(wisconsin?.lines).toHaveLength(1);
  expect(market?.lines).toHaveLength(2);
  expect(city.bridges.map(({ name }) => name)).toContain('Wisconsin Ave');
});

test('a corner lies on both of its streets', () => {
  const corner = trainingCityCorner('Wisconsin Ave', '3rd St');
  expect(corner.latitude).toBeCloseTo(trainingCityCentre.latitude, 5);
  expect(corner.longitude).toBeLessThan(trainingCityCentre.longitude);
  expect(() => trainingCityCorner('Wisconsin Ave', 'Market St')).toThrow('no corner');
});
