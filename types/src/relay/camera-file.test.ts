import { expect, test } from 'vitest';
import {
  type CameraCells,
  emptyCameraCells,
  findDoubles,
  readEntryCells,
  readIdCell,
  readRecordCells,
} from './camera-file.ts';

const site = { latitude: 43.04, longitude: -87.91 };
const cells = (given: Partial<CameraCells>): CameraCells => ({
  ...emptyCameraCells,
  name: 'Hall',
  host: '10.0.0.7',
  ...given,
});

test('a camera without paths is asked over ONVIF, and one with a path is entered by hand', () => {
  expect(readEntryCells(cells({})).entry).toEqual({
    at: { by: 'onvif', host: '10.0.0.7', port: 80 },
    transport: 'auto',
  });
  expect(readEntryCells(cells({ main: '/live', user: 'viewer', password: ' p,"1 ', transport: 'TCP' })).entry).toEqual({
    at: { by: 'hand', host: '10.0.0.7', port: 554, streams: { main: '/live' } },
    username: 'viewer',
    password: ' p,"1 ',
    transport: 'tcp',
  });
});

test.each([
  ['host', { host: '' }],
  ['host', { host: '10.0.0.7 HTTP/1.1\r\nX: 1' }],
  ['port', { port: '0' }],
  ['port', { port: '554.5' }],
  ['port', { port: '0x22a' }],
  ['main', { main: 'live' }],
  ['sub', { sub: '/live main' }],
  ['transport', { transport: 'http' }],
  ['user', { password: 'p' }],
  ['password', { user: 'u', password: 'p'.repeat(201) }],
] as const)('what is wrong with %s is said beside it and nothing is entered: %j', (column, given) => {
  const { entry, problems } = readEntryCells(cells(given));
  expect(entry).toBeNull();
  expect(Object.keys(problems)).toEqual([column]);
});

test.each(['=1+1', '+SUM(A1)', '-2', '@cmd', ' =HYPERLINK("x")', '\t=1'])(
  'a name that a spreadsheet computes is refused: %j',
  (name) => {
    expect(readRecordCells(cells({ name }), site).problems.name).toBeDefined();
    expect(readRecordCells(cells({ section: name }), site).problems.section).toBeDefined();
  },
);

test('a camera without a place is at its site with an ordinary view, and takes points and commas', () => {
  const { record } = readRecordCells(cells({}), site);
  expect(record).toMatchObject({ section: null, position: site, viewCone: { bearingDegrees: 0, angleDegrees: 90 } });
  const given = { latitude: '43,05', longitude: '-87.9', direction: '359', width: '360', range: '2000' };
  expect(readRecordCells(cells(given), site).record?.position).toEqual({ latitude: 43.05, longitude: -87.9 });
});

test.each([
  ['latitude', { latitude: '91', longitude: '0' }],
  ['longitude', { latitude: '43' }],
  ['latitude', { latitude: '1e1', longitude: '0' }],
  ['direction', { direction: '360' }],
  ['width', { width: '0' }],
  ['range', { range: '2001' }],
  ['name', { name: '' }],
  ['name', { name: 'N'.repeat(81) }],
  ['name', { name: 'two\nlines' }],
  ['section', { section: 'S'.repeat(41) }],
] as const)('what is wrong with %s of the record is said beside it: %j', (column, given) => {
  const { record, problems } = readRecordCells(cells(given), site);
  expect(record).toBeNull();
  expect(Object.keys(problems)).toEqual([column]);
});

test('the second of two cameras with one name or one stream is told, whatever the case', () => {
  const lines = [
    cells({ name: 'Hall', host: 'cam.local', main: '/a' }),
    cells({ name: 'HALL ', host: 'b' }),
    cells({ name: 'Yard', host: 'CAM.local', main: '/a' }),
    cells({ name: 'Gate', host: 'cam.local', main: '/b' }),
    cells({ name: 'Ramp', host: 'cam.local.', port: '554', main: '/b' }),
    cells({ name: 'Roof', host: 'b', port: '80' }),
  ];
  expect(findDoubles(lines).map((problems) => Object.keys(problems))).toEqual([
    [],
    ['name'],
    ['host'],
    [],
    ['host'],
    ['host'],
  ]);
});

test('a name such as a property of every object is a name like any other', () => {
  const lines = [cells({ name: '__proto__' }), cells({ name: 'constructor', host: 'b' })];
  expect(findDoubles(lines)).toEqual([{}, {}]);
});

test('an id is taken in any case, and what is none is told', () => {
  const id = '0196E4F1-6B6A-7C3E-8D2F-1A2B3C4D5E6F';
  expect(readIdCell(cells({ id }))).toBe(id.toLowerCase());
  expect(readIdCell(cells({}))).toBeUndefined();
  expect(readIdCell(cells({ id: '../1' }))).toBeNull();
});
