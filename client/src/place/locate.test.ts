import { expect, test } from 'vitest';
import { locate } from './locate.ts';

test('a device says where it is, and how well it knows', async () => {
  const coords = { latitude: 43.04, longitude: -87.91, accuracy: 12.4 } as GeolocationCoordinates;
  const found = await locate({
    getCurrentPosition: (found) => found({ coords, timestamp: 0, toJSON: () => ({}) }),
  });
  expect(found).toEqual({ position: { latitude: 43.04, longitude: -87.91 }, metres: 12 });
});

test('a device that does not say leaves it to the hand', async () => {
  const failure = { code: 1, message: 'Denied.' } as GeolocationPositionError;
  expect(await locate({ getCurrentPosition: (_found, failed) => failed?.(failure) })).toBeNull();
});
