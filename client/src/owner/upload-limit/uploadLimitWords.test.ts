import type { UploadState } from '@commonsight/types/relay/upload';
import { expect, test } from 'vitest';
import { fitWords, uploadAdvice, sendingWords } from './uploadLimitWords.ts';

const state: UploadState = {
  limitKilobitsPerSecond: 10_000,
  sendingKilobitsPerSecond: 3_200,
  plannedKilobitsPerSecond: 4_000,
  refused: [],
};

test('what leaves is said against the limit', () => {
  expect(sendingWords(state)).toBe('3.2 Mbit/s of 10 Mbit/s leave your site now.');
  expect(sendingWords({ ...state, limitKilobitsPerSecond: null })).toBe(
    '3.2 Mbit/s leave your site now. There is no limit.',
  );
});

test('what to do is said when something did not fit, or hardly anything more does', () => {
  expect(uploadAdvice(state)).toBeNull();
  expect(uploadAdvice({ ...state, plannedKilobitsPerSecond: 9_000 })).toContain('Hardly another picture fits');
  const refusal = {
    at: '2026-01-05T10:00:00.000Z',
    cameraId: crypto.randomUUID(),
    kind: 'main' as const,
    message: 'm',
  };
  expect(uploadAdvice({ ...state, refused: [refusal] })).toContain('did not fit');
  expect(uploadAdvice({ ...state, limitKilobitsPerSecond: null, plannedKilobitsPerSecond: 90_000 })).toBeNull();
});

test('how many pictures fit follows from the tests', () => {
  const camera = (main: number | null, sub: number | null) => ({ tested: { main, sub } });
  expect(fitWords([camera(4_000, 500), camera(6_000, null)], 10_000)).toContain('20 small or 2 large pictures');
  expect(fitWords([camera(null, 500)], 10_000)).toContain('20 small pictures');
  expect(fitWords([camera(null, null)], 10_000)).toBeNull();
});
