import { expect, test } from 'vitest';
import { en } from '../../language/messages/en.ts';
import { es } from '../../language/messages/es.ts';
import { readCameras, writeCameras } from './readCameras.ts';
import { templateOf } from './templateOf.ts';

const area = { south: 42, west: -89, north: 44, east: -87 };
const heading = 'kind,placement,address,latitude,longitude,direction,width,range,covers,days,recording,clock';
const good = 'home,outdoor,"12 Harbor St, Lakeport",43.04,-87.91,270,,,street;entrance,14,onMotion,';

test.each([
  ['English', en],
  ['Spanish', es],
])('the template in %s is right as it is', (_, words) => {
  const { lines, missing } = readCameras(templateOf(words), area, words);
  expect(missing).toEqual([]);
  expect(lines).toMatchObject([
    {
      line: 2,
      problems: [],
      details: { kind: 'business', placement: 'outdoor', covers: ['street', 'entrance'], recording: 'always' },
    },
  ]);
});

test('a line is what the wizard would have asked; an ordinary view and a right clock may be left out', () => {
  const { lines } = readCameras(`${heading}\n${good}\n`, area, en);
  expect(lines.map(({ details }) => details)).toEqual([
    {
      kind: 'home',
      placement: 'outdoor',
      address: '12 Harbor St, Lakeport',
      position: { latitude: 43.04, longitude: -87.91 },
      viewCone: { bearingDegrees: 270, angleDegrees: 90, rangeMetres: 30 },
      covers: ['street', 'entrance'],
      retentionDays: 14,
      recording: 'onMotion',
      clockOffsetSeconds: 0,
    },
  ]);
});

test('days that nobody knows are left empty', () => {
  const { lines } = readCameras(`${heading}\n${good.replace('14', '')}`, area, en);
  expect(lines).toMatchObject([{ problems: [], details: { retentionDays: null } }]);
});

test.each<[string, string, RegExp]>([
  ['kind', good.replace('home', 'boat'), /“kind”/],
  ['placement', good.replace('outdoor', 'somewhere'), /“placement”/],
  ['covers', good.replace('street;entrance', 'street;moon'), /“covers”/],
  ['recording', good.replace('onMotion', ''), /“recording”/],
  ['address', good.replace('"12 Harbor St, Lakeport"', ''), /address/],
  ['latitude', good.replace('43.04', 'north'), /−90/],
  ['another city', good.replace('43.04', '50'), /outside/],
  ['direction', good.replace('270', '400'), /direction/],
  ['an empty direction', good.replace('270', ''), /direction/],
  ['days', good.replace('14', '0'), /730/],
  ['clock', `${good}late`, /seconds/],
])('a line with a wrong cell says so (%s)', (_, line, words) => {
  const { lines } = readCameras(`${heading}\n${good}\n${line}`, area, en);
  expect(lines.map(({ details }) => details === null)).toEqual([false, true]);
  expect(lines[1]?.problems).toEqual([expect.stringMatching(words)]);
});

test('lines keep their numbers behind empty ones, and what is left over is a file again', () => {
  const { lines } = readCameras(`\uFEFF${heading}\n\n${good}\n;;\n${good.replace('home', 'business')}\n`, area, en);
  expect(lines.map(({ line }) => line)).toEqual([3, 4, 5]);
  const again = readCameras(writeCameras(lines.slice(0, 1)), area, en);
  expect(again.lines).toMatchObject([{ line: 2, problems: [], details: lines[0]?.details ?? {} }]);
});

test('columns that have to be there are named, whatever is pasted', () => {
  expect(readCameras('', area, en).missing).toContain('kind');
  expect(readCameras('kind;address\nhome;12 Harbor St', area, en).missing).toContain('latitude');
  expect(readCameras(heading, area, en)).toEqual({ lines: [], missing: [] });
});
