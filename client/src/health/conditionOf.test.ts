import { expect, test } from 'vitest';
import { conditionOf, type ExaminedCamera, type ToldCamera } from './conditionOf.ts';
import { groupProblems } from './groupProblems.ts';

const camera: ExaminedCamera = { sharingMode: 'off', confirmedAt: '2026-11-28T10:00:00.000Z', streams: [] };
const told: ToldCamera = { awaitsOwner: false, check: { at: '2026-11-28T10:00:00.000Z', fault: null } };
const toOwner = { isKnown: true, reader: 'owner' } as const;

test('an owner reads what waits for whom, and of a camera that is well only that', () => {
  expect(conditionOf(camera, told, toOwner)).toMatchObject({ kind: 'ready', sentence: 'It answers.' });
  expect(conditionOf({ ...camera, confirmedAt: null }, { ...told, awaitsOwner: true }, toOwner)).toMatchObject({
    kind: 'waiting',
    sentence: 'Waits for the agency’s confirmation and yours.',
  });
});

test('what is wrong on the way to walls goes before what the relay found, and without the relay nothing is known', () => {
  const health = {
    state: 'cameraOffline',
    since: '2026-11-28T10:00:00.000Z',
    fault: 'maskFailed',
    message: 'Masking failed.',
    retryAt: null,
  } as const;
  const down = { ...camera, streams: [{ health }] };
  expect(conditionOf(down, told, toOwner)).toMatchObject({ problem: 'maskFailed', sentence: 'Masking failed.' });
  expect(conditionOf(camera, null, { ...toOwner, isKnown: false }).kind).toBe('unknown');
});

test('an owner is told what an owner can do', () => {
  const conditions = [conditionOf(camera, null, toOwner)];
  const [forOwner] = groupProblems(conditions, 'owner');
  expect(forOwner?.whatToDo).toContain('Ask the agency');
  expect(groupProblems(conditions, 'administrator')[0]?.whatToDo).not.toBe(forOwner?.whatToDo);
});
