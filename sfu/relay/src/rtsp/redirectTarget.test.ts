import { expect, test } from 'vitest';
import { redirectTarget } from './redirectTarget.ts';

const origin = 'rtsp://10.0.0.7';

test.each(['rtsp://10.0.0.7/other?a=1', 'RTSP://user:secret@10.0.0.7:554/other?a=1'])('follows %s', (location) => {
  expect(redirectTarget(origin, location)).toBe('rtsp://10.0.0.7/other?a=1');
});

test.each([
  ['nowhere', undefined],
  ['elsewhere', 'rtsp://10.0.0.9/'],
  ['another port', 'rtsp://10.0.0.7:8554/'],
  ['another line', 'rtsp://10.0.0.7/a\rb'],
  // Read in one pass; tried again from each character it would take minutes.
  ['a long way', `rtsp://${'a'.repeat(300_000)}/\rb`],
])('refuses to be led %s', (_, location) => {
  expect(() => redirectTarget(origin, location)).toThrow('redirects to another address');
});
