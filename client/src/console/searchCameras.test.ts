import type { Camera } from '@commonsight/types/camera';
import { describe, expect, it } from 'vitest';
import { searchCameras } from './searchCameras.ts';

function camera(number: number, name: string, siteName = 'Market District'): Camera {
  return {
    id: `camera-${number}`,
    siteId: 'site',
    siteName,
    number,
    name,
    position: { latitude: 0, longitude: 0 },
    viewCone: { bearingDegrees: 0, angleDegrees: 60, rangeMetres: 50 },
    sharingMode: 'always',
    streams: [],
    watchers: [],
  };
}

const cameras = [
  camera(1, 'Market North'),
  camera(2, 'Wisconsin & 3rd'),
  camera(3, 'North Market Garage'),
  camera(12, 'Café Zürich', 'Old Harbour'),
];

function found(text: string): number[] {
  return searchCameras(cameras, text).map(({ number }) => number);
}

describe('searchCameras', () => {
  it('shows all when nothing is typed', () => {
    expect(found('  ')).toEqual([1, 2, 3, 12]);
  });

  it('takes a number for the number of a camera first', () => {
    expect(found('3')[0]).toBe(3);
    expect(found('#12')).toEqual([12]);
  });

  it('puts names that begin so before names that hold the words', () => {
    expect(found('north')).toEqual([3, 1]);
    expect(found('mar no')).toEqual([1, 3]);
  });

  it('needs no accents, no case and no signs', () => {
    expect(found('cafe zurich')).toEqual([12]);
    expect(found('wisconsin and 3rd')).toEqual([2]);
  });

  it('finds by site, and nothing for what is nowhere', () => {
    expect(found('harbour')).toEqual([12]);
    expect(found('airport')).toEqual([]);
  });
});
