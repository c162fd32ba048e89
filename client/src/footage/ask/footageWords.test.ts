import { expect, test } from 'vitest';
import { cameraWords, sentWords, stateWords } from './footageWords.ts';

const shape = { kind: 'point', point: { latitude: 43, longitude: -88 }, radiusMetres: 10 } as const;

test('a mail that has not gone out yet is not called sent; an owner gets none', () => {
  expect(stateWords({ state: 'sent', kind: 'registrant', mailedAt: null }).words).toBe('Being sent');
  expect(stateWords({ state: 'sent', kind: 'owner', mailedAt: null }).words).toBe('Sent');
  expect(stateWords({ state: 'received', kind: 'registrant', mailedAt: null })).toEqual({
    words: 'Received',
    tone: 'good',
  });
});

test('what was left out of a request is said with the reason', () => {
  expect(sentWords(2, [])).toBe('2 contacts asked.');
  const off = { id: 'a', why: 'notShared' } as const;
  expect(sentWords(1, [off, { id: 'b', why: 'askedTooOften' }, { ...off, id: 'c' }])).toBe(
    '1 contact asked. Left out: 2 cameras off by the owner’s word, 1 camera asked too often today.',
  );
});

test('a camera is named by what it is and how far away it is', () => {
  const position = { latitude: 43.001, longitude: -88 };
  expect(cameraWords({ kind: 'home', name: null, position }, shape)).toBe('Home camera, 110 m');
  expect(cameraWords({ kind: 'live', name: 'Dock', position: null }, shape)).toBe('Dock');
  expect(cameraWords({ kind: 'gone', name: null, position: null }, shape)).toBe('Deleted registration');
});
