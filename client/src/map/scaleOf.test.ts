import { expect, test } from 'vitest';
import { scaleOf, zoomFor } from './scaleOf.ts';

test('the scale is a round distance that fits, at every zoom', () => {
  for (let zoom = 2; zoom < 20; zoom += 0.25) {
    const { metres, pixels } = scaleOf(43.04, zoom, 90);
    expect(pixels).toBeLessThanOrEqual(90);
    expect(pixels).toBeGreaterThan(30);
    expect(['1', '2', '5']).toContain(metres.toExponential()[0]);
  }
});

test('a distance takes the pixels that its zoom was made for', () => {
  const zoom = zoomFor(43.04, 500, 300);
  const { metres, pixels } = scaleOf(43.04, zoom, 300.01);
  expect(metres).toBe(500);
  expect(pixels).toBeCloseTo(300, 6);
});
