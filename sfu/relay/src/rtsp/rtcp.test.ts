import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { asksForKeyFrame, pictureLossIndication, receiverReport } from './rtcp.ts';

const report = { ssrc: 0xfffffff0, highestSequenceNumber: 70_000 };

test('a picture-loss indication is a compound that begins with a receiver report', () => {
  const compound = pictureLossIndication(7, report);
  expect(compound.subarray(0, 32)).toEqual(receiverReport(7, report));
  expect(compound.subarray(32).toString('hex')).toBe('81ce000200000007fffffff0');
  expect(asksForKeyFrame(compound)).toBe(true);
});

test('a receiver report asks for nothing, and a full intra request asks for a key frame', () => {
  expect(asksForKeyFrame(receiverReport(7, report))).toBe(false);
  expect(asksForKeyFrame(Buffer.from('84ce00040000000700000000fffffff001000000', 'hex'))).toBe(true);
});

test('survives whatever comes', () => {
  const survives = fc.property(fc.uint8Array(), (bytes) => void asksForKeyFrame(Buffer.from(bytes)));
  expect(() => fc.assert(survives)).not.toThrow();
});
