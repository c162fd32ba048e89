import { emptyCameraCells } from '@commonsight/types/relay/camera-file';
import { afterEach, expect, test, vi } from 'vitest';
import { aCamera } from '../../testing/records.ts';
import { RecordKeeper } from './RecordKeeper.ts';

const id = (digit: number) => `0192f0c1-0000-7000-8000-00000000000${String(digit)}`;
const [siteId, relayId, ticket, made] = [id(1), id(2), id(3), id(4)];
const record = {
  name: 'Hall',
  section: null,
  position: { latitude: 43.04, longitude: -87.91 },
  viewCone: { bearingDegrees: 0, angleDegrees: 90, rangeMetres: 30 },
};
const camera = aCamera({
  id: made,
  siteId,
  name: record.name,
  position: record.position,
  streams: [{ id: id(8), kind: 'main', health: { state: 'idle' } }],
});
const listed = { cameras: [{ ...camera, section: null, confirmedAt: null }], uplinkKilobitsPerSecond: null };
const line = { key: '1', cells: { ...emptyCameraCells, name: 'Hall' }, cameraId: null };
const { signal } = new AbortController();

let asked: string[];
let ids: Map<string, string>;

/** What the server answers by method and path; an error is an answer that is lost. */
function createKeeper(answers: Record<string, () => unknown>): RecordKeeper {
  asked = [];
  ids = new Map();
  vi.stubGlobal('fetch', async (path: string, { method = 'GET' }: RequestInit) => {
    asked.push(`${method} ${path}`);
    const answer = answers[`${method} ${path}`]?.();
    return answer instanceof Response ? answer : Response.json(answer);
  });
  return new RecordKeeper({
    siteId,
    relayId,
    takenIds: () => new Set(ids.values()),
    onMade: (key, cameraId) => ids.set(key, cameraId),
  });
}
afterEach(() => vi.unstubAllGlobals());

const lost = () => {
  throw new TypeError('The network is gone.');
};
const refusal = (code: string, status: number) =>
  Response.json({ error: { code, message: `It is ${code}.` } }, { status });

test('a record whose answer was lost is found and not made again', async () => {
  const keeper = createKeeper({
    'POST /api/cameras': lost,
    [`GET /api/sites/${siteId}/cameras`]: () => listed,
    [`PATCH /api/cameras/${made}`]: () => camera,
  });
  expect(await keeper.recordOf(line, record, signal)).toMatchObject({ state: 'failed' });
  expect(ids.size).toBe(0);
  keeper.beginRun();
  expect(await keeper.recordOf(line, record, signal)).toEqual({ state: 'ok', value: made });
  expect(ids.get(line.key)).toBe(made);
  expect(asked.filter((what) => what === 'POST /api/cameras')).toHaveLength(1);
});

test('a record that another line has is not taken for the lost one', async () => {
  const keeper = createKeeper({
    'POST /api/cameras': lost,
    [`GET /api/sites/${siteId}/cameras`]: () => listed,
  });
  await keeper.recordOf(line, record, signal);
  ids.set('2', made);
  keeper.beginRun();
  await keeper.recordOf(line, record, signal);
  expect(asked.filter((what) => what === 'POST /api/cameras')).toHaveLength(2);
});

test('a camera that the relay kept though its answer was lost is kept', async () => {
  let keep: () => unknown = lost;
  const cameras = [
    {
      cameraId: made,
      awaitsOwner: true,
      streams: ['main'],
      tested: { main: null, sub: null },
      check: null,
      sending: [],
    },
  ];
  const keeper = createKeeper({
    [`POST /api/relays/${relayId}/cameras`]: () => keep(),
    [`GET /api/relays/${relayId}/health`]: () => ({
      at: '2026-01-05T10:00:00.000Z',
      startedAt: '2026-01-05T09:00:00.000Z',
      process: { busyCores: 0.1, memoryMegabytes: 80 },
      machine: { cores: 2, load: 0.1, memoryMegabytes: 2_000, freeMemoryMegabytes: 1_000 },
      camerasFault: null,
      upload: null,
      cameras,
    }),
  });
  expect(await keeper.keep(line.key, ticket, made, signal)).toMatchObject({ state: 'failed' });
  keep = () => refusal('notFound', 404);
  expect(await keeper.keep(line.key, ticket, made, signal)).toMatchObject({ state: 'ok' });
});

test('a ticket that the relay knows no more has expired, also for what was another camera before', async () => {
  let keep: () => unknown = lost;
  const keeper = createKeeper({ [`POST /api/relays/${relayId}/cameras`]: () => keep() });
  await keeper.keep(line.key, ticket, made, signal);
  keeper.forgetKept(line.key);
  keep = () => refusal('notFound', 404);
  expect(await keeper.keep(line.key, ticket, made, signal)).toEqual({ state: 'expired' });
  expect(asked).not.toContain(`GET /api/relays/${relayId}/health`);
});
