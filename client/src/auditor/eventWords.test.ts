import { auditTypeSchema } from '@commonsight/types/audit-event';
import { describe, expect, it, test } from 'vitest';
import { actorWords, detailWords, gist, wordsOf } from './eventWords.ts';

test.each([
  ['viewing.started', 'Viewing started'],
  ['secondFactor.backupCodesRenewed', 'Second factor backup codes renewed'],
  ['cameraId', 'Camera id'],
  ['', ''],
])('%s reads %s', (identifier, words) => {
  expect(wordsOf(identifier)).toBe(words);
});

test('no two acts read alike', () => {
  const words = auditTypeSchema.options.map(wordsOf);
  expect(new Set(words).size).toBe(words.length);
});

test('who did it is a name, or says why there is none', () => {
  expect(actorWords({ actorKind: 'user', actorName: 'Kim Lo' })).toBe('Kim Lo');
  expect(actorWords({ actorKind: 'user', actorName: null })).toBe('Name erased');
  expect(actorWords({ actorKind: 'system', actorName: null })).toBe('System');
});

test('a line says at a glance what it is about', () => {
  const details = { note: 'Wrong camera', incidentNumber: 2041, purpose: 'violentCrime', bytes: 3 };
  expect(gist({ targetKind: 'viewing', details })).toBe('Viewing · #2041 · Violent crime · “Wrong camera”');
  expect(gist({ targetKind: null, details: {} })).toBe('');
});

describe('a detail', () => {
  it('is said in units and words', () => {
    expect(detailWords('durationMs', 61_000)).toBe('01:01');
    expect(detailWords('bytes', 2_700_000)).toBe('2.7 MB');
    expect(detailWords('isAddition', false)).toBe('no');
    expect(detailWords('purpose', 'training')).toBe('Training');
    expect(detailWords('purpose', 'somethingOfLater')).toBe('Something of later');
    expect(detailWords('cameraIds', ['a', 'b'])).toBe('a, b');
    expect(detailWords('note', null)).toBe('none');
  });

  it('that has parts of its own stands as it is', () => {
    expect(detailWords('changes', { before: 1 })).toBeNull();
    expect(detailWords('list', [1, { two: 2 }])).toBeNull();
  });
});
