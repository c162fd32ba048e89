import { expect, test } from 'vitest';
import { keepViewport, readViewport } from './viewportMemory.ts';

function memoryOf(text: string | null) {
  let kept = text;
  return { getItem: () => kept, setItem: (_key: string, value: string) => void (kept = value) };
}

const viewport = { latitude: 43.04, longitude: -87.91, zoom: 14 };

test('a viewport is kept and read', () => {
  const memory = memoryOf(null);
  expect(readViewport(memory, 'map')).toBeNull();
  keepViewport(memory, 'map', viewport);
  expect(readViewport(memory, 'map')).toEqual(viewport);
});

test.each(['{', '{}', 'null', '{"latitude":91,"longitude":0,"zoom":3}', '"x"'])(
  'what is not a viewport is none: %s',
  (text) => {
    expect(readViewport(memoryOf(text), 'map')).toBeNull();
  },
);

test('a storage that refuses disturbs nobody', () => {
  const refusing = {
    getItem: (): string => {
      throw new Error('denied');
    },
    setItem: (): void => {
      throw new Error('full');
    },
  };
  expect(readViewport(refusing, 'map')).toBeNull();
  expect(() => keepViewport(refusing, 'map', viewport)).not.toThrow();
});
