import type { Position } from '@commonsight/types/position';

/** Indoors, where most cameras' owners stand, a fix takes its time. */
const longestMs = 20_000;

/** Where this device is, to about how many metres; null when it does not say, is not allowed to or takes too long. */
export function locate(
  geolocation: Pick<Geolocation, 'getCurrentPosition'>,
): Promise<{ position: Position; metres: number } | null> {
  return new Promise((resolve) => {
    geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) =>
        resolve({ position: { latitude, longitude }, metres: Math.max(1, Math.round(accuracy)) }),
      () => resolve(null),
      { enableHighAccuracy: true, maximumAge: 0, timeout: longestMs },
    );
  });
}
