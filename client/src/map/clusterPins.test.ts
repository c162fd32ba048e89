import { expect, test } from 'vitest';
import { clusterPins } from './clusterPins.ts';
import { destination } from './geometry.ts';

const centre = { latitude: 43.04, longitude: -87.91 };
const pin = (id: string, bearing: number, metres: number) => ({ id, position: destination(centre, bearing, metres) });

// Two pairs, 30 m apart in themselves and 600 m from each other.
const pins = [pin('a', 0, 0), pin('b', 90, 30), pin('c', 0, 600), pin('d', 3, 600)];

test('far away everything is one cluster, close up every pin stands alone', () => {
  expect(clusterPins(pins, 10, 40).map(({ ids }) => ids)).toEqual([['a', 'b', 'c', 'd']]);
  expect(clusterPins(pins, 19, 40).map(({ ids }) => ids)).toEqual([['a'], ['b'], ['c'], ['d']]);
});

test('in between, neighbours are together', () => {
  expect(clusterPins(pins, 15, 40).map(({ ids }) => ids)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('a group lies in the middle of its members and knows their bounds', () => {
  const [group] = clusterPins(pins.slice(0, 2), 12, 40);
  expect(group?.position.longitude).toBeGreaterThan(centre.longitude);
  expect(group?.bounds.west).toBeCloseTo(centre.longitude, 9);
  expect(group?.bounds.east).toBeGreaterThan(group?.position.longitude ?? 0);
});

test('a glide between half steps changes nothing', () => {
  expect(clusterPins(pins, 14.5, 40)).toEqual(clusterPins(pins, 14.9, 40));
});

test('neighbours across a cell border are found', () => {
  const many = Array.from({ length: 200 }, (_, index) => pin(String(index), 90, index * 2));
  const groups = clusterPins(many, 15, 40);
  const total = groups.reduce((sum, group) => sum + group.ids.length, 0);
  expect(total).toBe(200);
  expect(groups.length).toBeLessThan(20);
});

test('no pins make no groups', () => {
  expect(clusterPins([], 12, 40)).toEqual([]);
});
