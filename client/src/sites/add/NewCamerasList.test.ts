import { emptyCameraCells } from '@commonsight/types/relay/camera-file';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { toBase64url } from '../../encoding/base64url.ts';
import { aCamera } from '../../testing/records.ts';
import { NewCamerasList } from './NewCamerasList.ts';

const id = (digit: number) => `0192f0c1-0000-7000-8000-00000000000${String(digit)}`;
const [siteId, relayId, ticket] = [id(1), id(2), id(3)];
const position = { latitude: 43.04, longitude: -87.91 };
const report = { isUsable: true, streams: [], clockErrorSeconds: null, device: null, fault: null, advice: [] };
const camera = aCamera({
  siteId,
  streams: [
    { id: id(8), kind: 'main', health: { state: 'idle' } },
    { id: id(9), kind: 'sub', health: { state: 'idle' } },
  ],
});
const cells = { ...emptyCameraCells, name: 'Hall', host: '10.0.0.7', user: 'viewer', password: 'correct horse' };

let sealingPoint: string;
/** What the server was asked, with the body. */
let asked: { what: string; body: Record<string, unknown> }[] = [];

beforeAll(async () => {
  const algorithm = { name: 'ECDH', namedCurve: 'P-256' };
  const { publicKey } = await crypto.subtle.generateKey(algorithm, true, ['deriveBits']);
  sealingPoint = toBase64url(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)));
});
afterEach(() => vi.unstubAllGlobals());

/** A list whose server makes records in turn, and answers what is given for what it keeps. */
function createList(keep: () => Response = () => Response.json({})): NewCamerasList {
  asked = [];
  let records = 0;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const what = `${init.method ?? 'GET'} ${path}`;
    asked.push({ what, body: JSON.parse(typeof init.body === 'string' ? init.body : '{}') as Record<string, unknown> });
    if (what.endsWith('/camera-tests')) return Response.json({ report, ticket });
    if (what === 'POST /api/cameras') {
      records += 1;
      return Response.json({ ...camera, id: id(3 + records) });
    }
    if (what === `POST /api/relays/${relayId}/cameras`) return keep();
    return Response.json({ ...camera, id: id(4) });
  });
  return new NewCamerasList({ siteId, position, target: { relayId, sealingPoint } });
}
const statesOf = (list: NewCamerasList) => list.store.getState().lines.map(({ state }) => state.is);

test('cameras are tested and saved, and no password is kept beyond that or sent in the clear', async () => {
  const list = createList();
  list.add([cells, { ...cells, name: 'Yard', host: '10.0.0.8' }]);
  await list.test();
  expect(statesOf(list)).toEqual(['passed', 'passed']);
  expect(list.store.getState().outcome).toBe('2 of 2 passed.');
  await list.save();
  expect(statesOf(list)).toEqual(['saved', 'saved']);
  expect(list.store.getState().lines.map((line) => [line.cameraId, line.cells.password])).toEqual([
    [id(4), ''],
    [id(5), ''],
  ]);
  expect(JSON.stringify(asked)).not.toMatch(/correct horse|10\.0\.0\./);
});

test('a ticket that the relay does not know any more is tested again, and the record of before is used', async () => {
  const gone = () => Response.json({ error: { code: 'notFound', message: 'Too long ago.' } }, { status: 404 });
  let answer = gone;
  const list = createList(() => answer());
  list.add([cells]);
  await list.test();
  await list.save();
  expect(statesOf(list)).toEqual(['new']);
  expect(list.store.getState().problem).toContain('tested too long ago');
  answer = () => Response.json({});
  await list.test();
  await list.save();
  expect(statesOf(list)).toEqual(['saved']);
  expect(asked.filter(({ what }) => what === 'POST /api/cameras')).toHaveLength(1);
});

test('records alone are made for the relay’s console, whose file gets their ids', async () => {
  const list = createList();
  list.add([cells, { ...cells, name: '' }]);
  await list.record();
  expect(statesOf(list)).toEqual(['recorded', 'new']);
  expect(list.store.getState().lines.map((line) => line.cells.id)).toEqual([id(4), '']);
  expect(asked.map(({ what }) => what)).toEqual(['POST /api/cameras']);
  const [line] = list.store.getState().lines;
  list.changeCells(line?.key ?? '', { name: 'Hall north' });
  expect(statesOf(list)[0]).toBe('new');
  await list.record();
  expect(asked.at(-1)?.what).toBe(`PATCH /api/cameras/${id(4)}`);
});

test('what many cameras share is set at once, and those that are read already stay the same objects', () => {
  const list = createList();
  list.add([cells, { ...cells, name: 'Yard', host: '10.0.0.8' }]);
  const [first, second] = list.store.getState().lines;
  const before = list.read();
  list.changeMany(new Set([second?.key ?? '']), { section: 'Entrances', password: 'other' });
  expect(list.read()[0]).toBe(before[0]);
  expect(list.store.getState().lines[0]).toBe(first);
  expect(list.store.getState().lines[1]?.cells).toMatchObject({ section: 'Entrances', password: 'other' });
});
