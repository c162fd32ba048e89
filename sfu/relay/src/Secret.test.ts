import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './Secret.ts';

test('a secret shows itself only to who asks for it', () => {
  const camera = { password: new Secret('p%#1') };
  expect(camera.password.reveal()).toBe('p%#1');
  const shown = [
    inspect(camera, { depth: 9, showHidden: true }),
    JSON.stringify(camera),
    String(camera.password),
    [camera.password].join(''),
    Object.values(camera.password).join(''),
  ];
  for (const text of shown) expect(text).not.toContain('p%#1');
});
