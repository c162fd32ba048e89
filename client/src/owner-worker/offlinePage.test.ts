import { expect, test } from 'vitest';
import { offlinePage } from './offlinePage.ts';

test('the page without a connection is kept nowhere, and runs its own script alone', async () => {
  const answer = offlinePage();
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([503, 'no-store']);
  const text = await answer.text();
  const [script, ...others] = [...text.matchAll(/<script nonce="(\w+)">/g)];
  expect(others).toEqual([]);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^default-src 'none'/);
  expect(policy).toContain(`script-src 'nonce-${script?.[1]}'`);
  expect(policy).toContain("connect-src 'self'");
  // Nothing is fetched from elsewhere, and nothing leads away from the address with the link's secret.
  expect(text).not.toMatch(/\b(?:src|href|action)=/);
  expect(text).toContain('emergency number');
});
