import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRtpView, parseRtp } from './parseRtp.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('finds the payload behind contributing sources and an extension', () => {
  const view = createRtpView();
  const bytes = hex('91e00001 00000000 00000000 00000007 bede0001 10aabbcc 65aa');
  expect(parseRtp(bytes, 0, bytes.length, view)).toBe(true);
  expect(view).toMatchObject({ hasMarker: true, payloadStart: 24, payloadEnd: 26 });
});

test('reads the fields of a plain packet in the middle of a buffer', () => {
  const view = createRtpView();
  const bytes = hex('ffff 8060fffe 80000001 fffffff0 65aa ffff');
  expect(parseRtp(bytes, 2, bytes.length - 2, view)).toBe(true);
  expect(view).toEqual({
    hasMarker: false,
    payloadType: 96,
    sequenceNumber: 0xfffe,
    timestamp: 0x8000_0001,
    ssrc: 0xffff_fff0,
    payloadStart: 14,
    payloadEnd: 16,
  });
});

test('takes padding away', () => {
  const view = createRtpView();
  const padded = hex('a0e00001 00000000 00000000 65aa 000003');
  expect(parseRtp(padded, 0, padded.length, view)).toBe(true);
  expect(padded.subarray(view.payloadStart, view.payloadEnd).toString('hex')).toBe('65aa');
});

test.each([
  '',
  '80',
  '40e000010000000000000000',
  'a0e00001000000000000000000',
  '8fe000010000000000000000',
  '90e000010000000000000000bede0009',
])('refuses %s', (text) => {
  const bytes = hex(text);
  expect(parseRtp(bytes, 0, bytes.length, createRtpView())).toBe(false);
});

test('what it accepts has a payload inside the packet', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (array) => {
      const bytes = Buffer.from(array);
      const view = createRtpView();
      const isInside =
        !parseRtp(bytes, 0, bytes.length, view) || (view.payloadStart >= 12 && view.payloadEnd <= bytes.length);
      expect(isInside && view.payloadStart <= view.payloadEnd).toBe(true);
    }),
  );
});
