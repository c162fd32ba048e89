import { expect, test } from 'vitest';
import { scaleOf } from './scaleOf.ts';

test('the scale is a round distance that fits, at every zoom', () => {
  for (let zoom = 2; zoom < 20; zoom += 0.25) {
    const { metres, pixels } = scaleOf(43.04, zoom, 90);
    expect(pixels).toBeLessThanOrEqual(90);
    expect(pixels).toBeGreaterThan(30);
    expect(['1', '2', '5']).toContain(metres.toExponential()[0]);
  }
});
