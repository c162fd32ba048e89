import { array, assert, integer, property, tuple, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { flvHeader, flvParameterSets, flvPicture, FlvReader } from './flv.ts';

const sequence = Buffer.from([0x67, 0x42, 0xe0, 0x1f, 1, 2, 3]);
const picture = Buffer.from([0x68, 4, 5]);

test('reads what it writes, in pieces of any size', () => {
  const units = array(uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 4 });
  const times = integer({ min: 0, max: 2 ** 31 - 1 });
  assert(
    property(array(tuple(times, units), { maxLength: 5 }), integer({ min: 1, max: 400 }), (given, piece) => {
      const pictures = given.map(([timeMs, list]) => ({ timeMs, units: list.map((unit) => Buffer.from(unit)) }));
      const file = Buffer.concat([
        flvHeader,
        flvParameterSets([sequence, sequence], [picture]),
        ...pictures.map((one, index) => flvPicture(one.timeMs, index % 2 === 0, one.units)),
      ]);
      const seen: unknown[] = [];
      const reader = new FlvReader({
        onParameterSets: (sets) => seen.push(sets),
        onPicture: (timeMs, list) => seen.push({ timeMs, units: list }),
      });
      for (let at = 0; at < file.length; at += piece) reader.take(file.subarray(at, at + piece));
      expect(seen).toEqual([[sequence, sequence, picture], ...pictures]);
    }),
  );
});

test('takes nothing else', () => {
  const reader = () => new FlvReader({ onParameterSets: () => undefined, onPicture: () => undefined });
  expect(() => reader().take(Buffer.alloc(100, 0x47))).toThrow('no FLV');
  const endless = Buffer.concat([flvHeader, Buffer.from([9, 0xff, 0xff, 0xff]), Buffer.alloc(20)]);
  expect(() => reader().take(endless)).toThrow('without an end');
  const damaged = flvPicture(0, true, [Buffer.alloc(20)]);
  damaged.writeUInt32BE(21, 16);
  expect(() => reader().take(Buffer.concat([flvHeader, damaged]))).toThrow('damaged picture');
  expect(() => flvParameterSets([], [picture])).toThrow('missing');
});
