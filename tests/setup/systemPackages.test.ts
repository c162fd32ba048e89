import { expect, test } from 'vitest';
import { installCommand, parseInstalled, systemPackages } from './systemPackages.ts';

test('only what dpkg calls installed counts: not what was removed or half unpacked', () => {
  const output = 'ffmpeg\tinstalled\nredis-server\tconfig-files\ncmake\thalf-installed\ng++\tinstalled\n';
  expect([...parseInstalled(output)]).toEqual(['ffmpeg', 'g++']);
  expect(parseInstalled('').size).toBe(0);
});

test('the line for a person without root names every missing package', () => {
  expect(installCommand(['ffmpeg', 'redis-server'])).toBe(
    'sudo apt-get install --no-install-recommends ffmpeg redis-server',
  );
});

test('no package is listed for two needs', () => {
  const all = Object.values(systemPackages).flat();
  expect(new Set(all).size).toBe(all.length);
});
