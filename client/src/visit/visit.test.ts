import { afterEach, expect, test, vi } from 'vitest';
import { openOnce } from './openOnce.ts';
import { takeSecretOfLink } from './takeSecretOfLink.ts';

afterEach(() => vi.unstubAllGlobals());

test('a link’s secret is taken out of the address', () => {
  const location = { hash: '#secret' };
  const replaceState = vi.fn<History['replaceState']>((_state, _unused, path) => {
    location.hash = new URL(path ?? '', 'https://city.example').hash;
  });
  vi.stubGlobal('window', { location, history: { state: null, replaceState } });
  expect(takeSecretOfLink('/footage')).toBe('secret');
  expect(replaceState).toHaveBeenCalledWith(null, '', '/footage');
  expect(takeSecretOfLink('/footage')).toBeNull();
});

test('what is being opened is opened once, and again when it was', async () => {
  let opened = 0;
  const open = openOnce(async () => {
    opened += 1;
    return opened;
  });
  expect(await Promise.all([open(), open()])).toEqual([1, 1]);
  expect(await open()).toBe(2);
});

test('what could not be opened is opened again', async () => {
  let isBroken = true;
  const open = openOnce(async () => {
    if (isBroken) throw new Error('Broken.');
    return 'open';
  });
  await expect(open()).rejects.toThrow('Broken.');
  isBroken = false;
  expect(await open()).toBe('open');
});
