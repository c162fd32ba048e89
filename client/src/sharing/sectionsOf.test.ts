import { expect, test } from 'vitest';
import { sectionsOf } from './sectionsOf.ts';

test('sections stand by name, and cameras of none come last', () => {
  const cameras = [
    { id: 1, section: 'Yard' },
    { id: 2, section: null },
    { id: 3, section: 'Entrances' },
    { id: 4, section: 'Yard' },
  ];
  const sections = sectionsOf(cameras).map(({ name, cameras: of }) => [name, of.map(({ id }) => id)]);
  expect(sections).toEqual([
    ['Entrances', [3]],
    ['Yard', [1, 4]],
    [null, [2]],
  ]);
});
