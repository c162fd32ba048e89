import { expect, test } from 'vitest';
import { forgetVisit, openLink, readOpenVisit, readVisit } from './visit.ts';

function memory(text: string | null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
    removeItem: () => {
      kept = null;
    },
  };
}

const visit = { secret: 's'.repeat(43), expiresAt: '2026-01-15T12:00:00.000Z', area: null, agency: 'lakeport' };

test('a visit outlives a reload until it is forgotten', () => {
  const storage = memory(JSON.stringify(visit));
  expect(readVisit(storage)).toEqual(visit);
  forgetVisit(storage);
  expect(readVisit(storage)).toBeNull();
});

test('a visit that is over is not open', () => {
  const storage = memory(JSON.stringify(visit));
  const end = Date.parse(visit.expiresAt);
  expect([readOpenVisit(storage, end - 1), readOpenVisit(storage, end)]).toEqual([visit, null]);
});

test('what is no visit counts for none', () => {
  for (const text of [null, '{', '{"secret":"short"}']) expect(readVisit(memory(text))).toBeNull();
});

test('half a link is not sent to the server', async () => {
  expect(await openLink('half', memory(null))).toMatchObject({ state: 'failed', error: { code: 'codeNotAccepted' } });
});
