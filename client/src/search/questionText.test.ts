import type { Search } from '@commonsight/types/search';
import { describe, expect, it } from 'vitest';
import { draftOfText, textOfQuestion } from './questionText.ts';
import { readDraft } from './SearchDraft.ts';

const window = { from: '2026-01-05T14:00:00.000Z', to: '2026-01-05T15:00:00.000Z' };
const [here, there, elsewhere] = [
  { latitude: 43.04, longitude: -87.91 },
  { latitude: 43.041, longitude: -87.909 },
  { latitude: 43.042, longitude: -87.912 },
];

describe('a question in the address', () => {
  it('is asked again as it was, whatever its shape', () => {
    const shapes: Search['shape'][] = [
      { kind: 'point', point: here, radiusMetres: 250 },
      { kind: 'circle', centre: here, radiusMetres: 60 },
      { kind: 'polygon', vertices: [here, there, elsewhere] },
      { kind: 'route', vertices: [here, there], widthMetres: 40 },
    ];
    for (const shape of shapes) {
      const draft = draftOfText(textOfQuestion({ shape, window }));
      expect(draft && readDraft(draft, Date.parse(window.to))).toEqual({ state: 'ready', search: { shape, window } });
    }
  });

  it('with the most corners is short enough for an address', () => {
    const vertices = Array.from({ length: 200 }, () => ({ latitude: -43.123_456, longitude: -117.123_456 }));
    const text = encodeURIComponent(textOfQuestion({ shape: { kind: 'polygon', vertices }, window }));
    expect(text.length).toBeLessThan(6_000);
  });

  it('that somebody has changed by hand is none', () => {
    const whole = textOfQuestion({ shape: { kind: 'point', point: here, radiusMetres: 250 }, window });
    for (const text of ['', 'point', whole.replace('point', 'line'), whole.replace('43', '143'), `${whole}~x`]) {
      expect(draftOfText(text)).toBeNull();
    }
  });
});
