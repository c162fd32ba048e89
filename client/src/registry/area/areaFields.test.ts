import { expect, test } from 'vitest';
import { areaAround, areaOf, fieldsOf, problemsOf } from './areaFields.ts';

const area = { south: 42.9, west: -88.1, north: 43.2, east: -87.8 };

test('an area is typed as it is shown', () => {
  expect(problemsOf(fieldsOf(area))).toEqual({});
  expect(areaOf(fieldsOf(area))).toEqual(area);
  expect(areaOf({ ...fieldsOf(area), north: '43,2 ' })).toEqual(area);
});

test('what is wrong is said beside its side', () => {
  expect(Object.keys(problemsOf(fieldsOf(null)))).toEqual(['north', 'south', 'west', 'east']);
  expect(problemsOf({ ...fieldsOf(area), west: '-181' })).toEqual({ west: expect.stringContaining('180') });
  expect(problemsOf({ ...fieldsOf(area), north: '42' })).toEqual({ north: expect.stringContaining('north of') });
  expect(problemsOf({ ...fieldsOf(area), east: '-89' })).toEqual({ east: expect.stringContaining('east of') });
});

test('the surroundings of the cameras hold all of them', () => {
  expect(areaAround([])).toBeNull();
  const around = areaAround([
    { latitude: 43.041, longitude: -87.912 },
    { latitude: 43.06, longitude: -87.9 },
  ]);
  expect(around).toEqual({ south: 42.94, west: -88.02, north: 43.16, east: -87.8 });
});
