import { sharingDocumentSchema } from '@commonsight/types/relay/sharing';
import { expect, test } from 'vitest';
import { refusalOf } from './refusalOf.ts';

const camera = '0192f0c1-0000-7000-8000-000000000002';
const rule = { mode: 'off', schedule: [], dates: [] };
const always = { days: ['monday'], from: '08:00', to: '09:00', mode: 'always' };

/** What is said of a document that is right but for this. */
function refusal(changed: object) {
  const { error } = sharingDocumentSchema.safeParse({
    format: 'commonsight-sharing-1',
    relayId: '0192f0c1-0000-7000-8000-000000000001',
    version: 1,
    issuedAt: '2026-01-05T10:00:00.000Z',
    timeZone: 'UTC',
    default: rule,
    cameras: {},
    ...changed,
  });
  return refusalOf(error?.issues[0]);
}

test('what is wrong with a time is said of its camera, with the time’s place', () => {
  const endsAtOnce = { ...always, to: '08:00' };
  expect(refusal({ cameras: { [camera]: { ...rule, schedule: [always, endsAtOnce] } } })).toEqual({
    cameraId: camera,
    words: 'Time 2: A period ends at another time than it begins.',
  });
  expect(refusal({ cameras: { [camera]: { ...rule, schedule: [{ ...always, days: [] }] } } })).toEqual({
    cameraId: camera,
    words: 'Time 1: Choose at least one day.',
  });
});

test('what is of no single camera is said of its part of the page', () => {
  const { cameraId, words } = refusal({ alert: { seconds: 600, mostSeconds: 60, note: '' } });
  expect([cameraId, words.startsWith('How your alerts run: ')]).toEqual([null, true]);
  expect(refusalOf(undefined)).toEqual({ cameraId: null, words: 'Something is missing.' });
});
