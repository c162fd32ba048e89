import type { Ledger } from '@commonsight/types/ledger';
import type { OwnerHealth } from '@commonsight/types/owner';
import { expect, test } from 'vitest';
import { healthSentence, ownConditions } from './ownConditions.ts';

const at = '2026-11-28T10:00:00.000Z';
const cameras: Ledger['cameras'] = ['Yard', 'Door', 'Till'].map((name, index) => ({
  id: name,
  number: index + 1,
  name,
  section: null,
  sharingMode: 'always',
}));

type Told = OwnerHealth['cameras'][number];

function health(...told: Partial<Told>[]): OwnerHealth {
  return {
    at,
    startedAt: at,
    process: { busyCores: 0, memoryMegabytes: 100 },
    machine: { cores: 2, load: 0, memoryMegabytes: 4_000, freeMemoryMegabytes: 2_000 },
    camerasFault: null,
    cameras: told.map((change, index) => ({
      id: cameras[index]?.name ?? '',
      sharingMode: 'always',
      confirmedAt: at,
      streams: [],
      relay: { awaitsOwner: false, check: { at, fault: null } },
      ...change,
    })),
  };
}

const sentence = (...told: Partial<Told>[]) => healthSentence(ownConditions(cameras, health(...told)));

test('cameras stand in the order of the page, and what the relay has not told of yet is left out', () => {
  const fault = { code: 'unreachable', message: 'It cannot be reached.' } as const;
  expect(
    ownConditions(cameras, health({ relay: null }, { relay: { awaitsOwner: false, check: { at, fault } } })),
  ).toEqual([
    expect.objectContaining({ name: 'Yard', problem: 'notAtRelay' }),
    expect.objectContaining({ name: 'Door', problem: 'unreachable', sentence: 'It cannot be reached.' }),
  ]);
});

test('the sentence says what needs somebody, what waits and what is not known yet', () => {
  expect(sentence({}, {}, {})).toBe('All 3 cameras answer.');
  expect(sentence({})).toBe('Your camera answers.');
  expect(sentence()).toBe('There is no camera to look after yet.');
  expect(sentence({}, { relay: null }, { confirmedAt: null })).toBe(
    'Cameras: 1 of 3 needs looking after. 1 of 3 waits for a confirmation.',
  );
  expect(sentence({}, { relay: { awaitsOwner: false, check: null } })).toBe(
    'Cameras: 1 of 2 has not been looked at yet.',
  );
});
