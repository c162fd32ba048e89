import type { CameraFault } from '@commonsight/types/health';
import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import type { SiteCamera } from '@commonsight/types/site-camera';
import { expect, test } from 'vitest';
import { groupProblems } from '../../health/groupProblems.ts';
import { conditionsOf } from './cameraConditions.ts';

const camera = (number: number, change: Partial<SiteCamera> = {}): SiteCamera => ({
  id: `camera-${String(number)}`,
  siteId: 'site',
  siteName: 'Market',
  number,
  name: `Camera ${String(number)}`,
  section: null,
  position: { latitude: 43, longitude: -88 },
  viewCone: { bearingDegrees: 0, angleDegrees: 90, rangeMetres: 30 },
  sharingMode: 'always',
  streams: [],
  watchers: [],
  confirmedAt: '2026-11-28T10:00:00.000Z',
  ...change,
});
const entry = (
  number: number,
  fault: CameraFault | null = null,
  awaitsOwner = false,
): RelayHealth['cameras'][number] => ({
  cameraId: `camera-${String(number)}`,
  awaitsOwner,
  streams: ['main'],
  tested: { main: 4_000, sub: null },
  check: { at: '2026-11-28T10:00:00.000Z', fault: fault === null ? null : { code: fault, message: 'It does not.' } },
  sending: [],
});
const health = (cameras: RelayHealth['cameras']): RelayHealth => ({
  at: '2026-11-28T10:00:00.000Z',
  startedAt: '2026-11-28T09:00:00.000Z',
  process: { busyCores: 0, memoryMegabytes: 100 },
  machine: { cores: 2, load: 0, memoryMegabytes: 4_000, freeMemoryMegabytes: 2_000 },
  camerasFault: null,
  cameras,
  upload: null,
});
const kindsOf = (cameras: SiteCamera[], told: RelayHealth | null) =>
  conditionsOf(cameras, told).map(({ kind }) => kind);

test('a camera that answers is ready, and says when its owner does not share it', () => {
  expect(kindsOf([camera(1)], health([entry(1)]))).toEqual(['ready']);
  expect(conditionsOf([camera(1, { sharingMode: 'off' })], health([entry(1)]))[0]?.sentence).toContain('not share');
});

test('what waits for a confirmation says for whose', () => {
  const [one] = conditionsOf([camera(1, { confirmedAt: null })], health([entry(1, null, true)]));
  expect(one).toMatchObject({ kind: 'waiting', sentence: 'Waits for your confirmation and its owner’s confirmation.' });
});

test('a button that the relay does not hear is a problem with what to do', () => {
  const conditions = conditionsOf([camera(1)], health([{ ...entry(1), alertInput: 'failing' }]));
  expect(conditions[0]).toMatchObject({ kind: 'problem', problem: 'inputNotHeard' });
  expect(groupProblems(conditions, 'administrator')[0]?.whatToDo).toContain('ONVIF');
  expect(kindsOf([camera(1)], health([{ ...entry(1), alertInput: 'heard' }]))).toEqual(['ready']);
});

test('a camera that the relay has not is a problem, and without the relay nothing is known', () => {
  expect(kindsOf([camera(1)], health([]))).toEqual(['problem']);
  expect(kindsOf([camera(1)], null)).toEqual(['unknown']);
  expect(kindsOf([camera(1)], health([{ ...entry(1), check: null }]))).toEqual(['unknown']);
});

test('what somebody watches now counts before an older check', () => {
  const live = {
    state: 'live',
    since: '2026-11-28T10:00:00.000Z',
    width: 640,
    height: 360,
    framesPerSecond: 30,
  } as const;
  const watched = camera(1, { streams: [{ id: 's', kind: 'main', health: live }] });
  expect(kindsOf([watched], health([entry(1, 'timedOut')]))).toEqual(['live']);
});

test('problems are grouped by cause, those of most cameras first', () => {
  const faults: (CameraFault | null)[] = ['wrongPassword', 'unreachable', null, 'unreachable'];
  const cameras = faults.map((_, at) => camera(at + 1));
  const conditions = conditionsOf(cameras, health(faults.map((fault, at) => entry(at + 1, fault))));
  const groups = groupProblems(conditions, 'administrator');
  expect(groups.map(({ code, cameras: of }) => [code, of.length])).toEqual([
    ['unreachable', 2],
    ['wrongPassword', 1],
  ]);
  for (const { whatToDo } of groups) expect(whatToDo).not.toBe('');
});
