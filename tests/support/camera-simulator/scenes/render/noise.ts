// Deterministic randomness: a scene drawn twice is the same picture.

/** A generator of numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number from 0 to 1 that belongs to a place on an integer grid. */
export function hash2(x: number, y: number): number {
  let mixed = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

/** Smooth noise from 0 to 1 with features about one unit wide. */
export function noise2(x: number, y: number): number {
  const left = Math.floor(x);
  const bottom = Math.floor(y);
  const alongX = x - left;
  const alongY = y - bottom;
  const weightX = alongX * alongX * (3 - 2 * alongX);
  const weightY = alongY * alongY * (3 - 2 * alongY);
  const low = hash2(left, bottom) + (hash2(left + 1, bottom) - hash2(left, bottom)) * weightX;
  const high = hash2(left, bottom + 1) + (hash2(left + 1, bottom + 1) - hash2(left, bottom + 1)) * weightX;
  return low + (high - low) * weightY;
}

/** Noise of several sizes together, from 0 to 1; details finer than `width` units are left out. */
export function cloudNoise(x: number, y: number, octaves: number, width = 0): number {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave += 1) {
    const size = 1 / scale;
    const kept = width <= 0 ? 1 : Math.min(1, Math.max(0, size / width - 0.5));
    sum += weight * (kept === 0 ? 0.5 : 0.5 + (noise2(x * scale + octave * 17.3, y * scale) - 0.5) * kept);
    total += weight;
    weight *= 0.5;
    scale *= 2.1;
  }
  return sum / total;
}
