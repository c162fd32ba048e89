import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { H264Repair } from './H264Repair.ts';
import { ParameterSets } from './ParameterSets.ts';
import { createRtpView, parseRtp } from './parseRtp.ts';
import { RtpClock } from './RtpClock.ts';
import { RtpWriter } from './RtpWriter.ts';

const sps = Buffer.from('6742c01ed900a02ff970110000030001000003003c0f162e48', 'hex');
const pps = Buffer.from('68ce3c80', 'hex');
const delimiter = Buffer.from('0910', 'hex');
const startCode = Buffer.from([0, 0, 0, 1]);

/** Slices as far as the relay looks: first macroblock, and a slice type of I, P or B. */
function slice(kind: 'idr' | 'p' | 'b', bytes = 40, isFirst = true): Buffer {
  const types = { idr: 0x88, p: 0x9a, b: 0x9c };
  const unit = Buffer.alloc(bytes, 0xab);
  unit[0] = kind === 'idr' ? 0x65 : 0x41;
  unit[1] = isFirst ? types[kind] : 0x0b;
  return unit;
}

function aggregate(...units: Buffer[]): Buffer {
  const parts = units.flatMap((unit) => [Buffer.from([unit.length >> 8, unit.length & 0xff]), unit]);
  return Buffer.concat([Buffer.from([0x78]), ...parts]);
}

function fragments(unit: Buffer, size: number): Buffer[] {
  const header = unit[0] as number;
  const pieces: Buffer[] = [];
  for (let from = 1; from < unit.length; from += size) {
    const position = (from === 1 ? 0x80 : 0) | (from + size >= unit.length ? 0x40 : 0);
    const head = Buffer.from([(header & 0xe0) | 28, position | (header & 0x1f)]);
    pieces.push(Buffer.concat([head, unit.subarray(from, from + size)]));
  }
  return pieces;
}

interface Sent {
  hasMarker: boolean;
  sequenceNumber: number;
  timestamp: number;
  payload: Buffer;
  bytes: number;
}

/** A repair that is fed like a camera's connection, and what it sent. */
function openRepair(inSdp: readonly Buffer[] = [sps, pps]) {
  const sent: Sent[] = [];
  const pictures: number[] = [];
  const writer = new RtpWriter({
    ssrc: 0x1234_5678,
    payloadType: 102,
    firstSequenceNumber: 65_530,
    playoutDelay: { extensionId: 6, minMs: 0, maxMs: 100 },
    send: (bytes, length) => {
      const view = createRtpView();
      expect(parseRtp(bytes, 0, length, view)).toBe(true);
      const { hasMarker, sequenceNumber, timestamp } = view;
      const payload = Buffer.from(bytes.subarray(view.payloadStart, view.payloadEnd));
      sent.push({ hasMarker, sequenceNumber, timestamp, payload, bytes: length });
    },
  });
  const parameterSets = new ParameterSets();
  for (const set of inSdp) parameterSets.remember(set);
  const onPicture = (timestamp: number) => pictures.push(timestamp);
  const repair = new H264Repair({ writer, clock: new RtpClock(), payloadType: 96, parameterSets, onPicture });
  let sequenceNumber = 100;
  let picture = 0;
  const sendPacket = (payload: Buffer, hasMarker: boolean, timestamp = picture * 3_000) => {
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = 96 | (hasMarker ? 0x80 : 0);
    header.writeUInt16BE(sequenceNumber & 0xffff, 2);
    header.writeUInt32BE(timestamp, 4);
    sequenceNumber += 1;
    const packet = Buffer.concat([header, payload]);
    repair.takePacket(packet, 0, packet.length, 1_000 + picture * 33);
    packet.fill(0);
  };
  const sendPicture = (payloads: readonly Buffer[], markers: 'last' | 'none' | 'all' | 'first' = 'last') => {
    picture += 1;
    for (const [index, payload] of payloads.entries()) {
      const isMarked = { last: index === payloads.length - 1, none: false, all: true, first: index === 0 };
      sendPacket(payload, isMarked[markers]);
    }
  };
  const skipPacket = () => (sequenceNumber += 1);
  return { repair, sent, pictures, sendPacket, sendPicture, skipPacket, parameterSets };
}

/** The pictures that a receiver makes of the packets: types of the NAL units, and whether the marker is where it belongs. */
function picturesOf(sent: readonly Sent[]): string[] {
  const names = new Map<number, string[]>();
  for (const { timestamp, payload, hasMarker } of sent) {
    const type = (payload[0] as number) & 0x1f;
    const inFragment = (payload[1] as number) & 0x1f;
    const name = type === 24 ? 'sets' : type === 28 ? `fu${inFragment}` : String(type);
    names.set(timestamp, [...(names.get(timestamp) ?? []), hasMarker ? `${name}!` : name]);
  }
  return [...names.values()].map((packets) => packets.join(' '));
}

describe('H264Repair', () => {
  test('sends SPS and PPS in one STAP-A before each key frame, and nothing before the first', () => {
    const { sent, sendPicture, repair } = openRepair();
    sendPicture([slice('p')]);
    expect(repair.isWaitingForKeyFrame).toBe(true);
    for (const kind of ['idr', 'p', 'idr', 'p', 'p'] as const) sendPicture([slice(kind)]);
    sendPicture([slice('p')]);
    expect(picturesOf(sent)).toEqual(['sets 5!', '1!', 'sets 5!', '1!', '1!', '1!']);
    expect(sent[0]?.payload).toEqual(aggregate(sps, pps));
    expect(sent.map(({ sequenceNumber }) => sequenceNumber)).toEqual(sent.map((_, index) => (65_530 + index) & 0xffff));
  });

  test.each<[string, Buffer[]]>([
    ['alone', [sps, pps, slice('idr')]],
    ['as a STAP-A', [aggregate(sps, pps), slice('idr')]],
    [
      'behind a delimiter and messages',
      [delimiter, Buffer.from([6, 5, 1, 2]), sps, Buffer.from([6, 1]), pps, slice('idr')],
    ],
    ['with the key frame in one packet', [aggregate(sps, pps, slice('idr'))]],
    ['with the key frame behind start codes', [Buffer.concat([sps, startCode, pps, startCode, slice('idr')])]],
    ['as fragments that hold all of it', fragments(Buffer.concat([sps, startCode, pps, startCode, slice('idr')]), 20)],
    ['as fragments', [...fragments(sps, 10), ...fragments(pps, 2), slice('idr')]],
    ['behind a filler', [Buffer.from([12, 255, 128]), aggregate(sps, pps), slice('idr')]],
  ])('puts parameter sets that the camera sent %s there once', (_, payloads) => {
    const { sent, sendPicture } = openRepair([]);
    for (let index = 0; index < 5; index += 1) sendPicture(payloads);
    sendPicture([slice('p')]);
    sendPicture([slice('p')]);
    expect(picturesOf(sent).slice(0, 6)).toEqual([...Array(5).fill('sets 5!'), '1!']);
    expect(sent[0]?.payload).toEqual(aggregate(sps, pps));
    expect(sent[1]?.payload).toEqual(slice('idr'));
  });

  test('waits for a key frame with parameter sets', () => {
    const { sent, sendPicture } = openRepair([]);
    for (const payloads of [[slice('idr')], [slice('p')], [sps, slice('idr')], [pps, slice('p')]])
      sendPicture(payloads);
    expect(sent).toEqual([]);
    sendPicture([slice('idr')]);
    sendPicture([slice('p')]);
    expect(picturesOf(sent)[0]).toBe('sets 5!');
  });

  test('sends the new sets when the camera changes its size', () => {
    const { sent, sendPicture, parameterSets } = openRepair();
    const larger = Buffer.from('674d401feca02802dd8088000003000800000301e078c18cb0', 'hex');
    sendPicture([slice('idr')]);
    sendPicture([larger, slice('idr')]);
    sendPicture([slice('p')]);
    expect(sent.filter(({ payload }) => payload[0] === 0x78).map(({ payload }) => payload)).toEqual([
      aggregate(sps, pps),
      aggregate(larger, pps),
    ]);
    expect(parameterSets.size).toEqual({ width: 1280, height: 720 });
  });

  test.each([
    ['a single unit', (unit: Buffer) => [unit]],
    ['fragments of 1400 bytes', (unit: Buffer) => fragments(unit, 1_400)],
    ['fragments of 10,000 bytes', (unit: Buffer) => fragments(unit, 10_000)],
    ['a STAP-A', (unit: Buffer) => [aggregate(unit)]],
    ['one fragment that begins and ends it', (unit: Buffer) => fragments(unit, 30_000)],
  ])('cuts %s to 1200 bytes, and the unit stays what it was', (_, cut) => {
    const { sent, sendPicture } = openRepair();
    const unit = slice('idr', 25_000);
    for (let at = 2; at < unit.length; at += 1) unit[at] = at % 251;
    for (let index = 0; index < 4; index += 1) sendPicture(cut(unit));
    expect(Math.max(...sent.map(({ bytes }) => bytes))).toBeLessThanOrEqual(1_200);
    const first = sent.filter(({ timestamp }) => timestamp === sent[0]?.timestamp).slice(1);
    const header = ((first[0]?.payload[0] as number) & 0xe0) | ((first[0]?.payload[1] as number) & 0x1f);
    const whole = Buffer.concat([Buffer.from([header]), ...first.map(({ payload }) => payload.subarray(2))]);
    expect(whole.equals(unit)).toBe(true);
    expect(first.map(({ payload }) => (payload[1] as number) & 0xc0)).toEqual([
      0x80,
      ...Array(first.length - 2).fill(0),
      0x40,
    ]);
    expect(first.map(({ hasMarker }) => hasMarker)).toEqual([...Array(first.length - 1).fill(false), true]);
  });

  test('stamps each packet with the playout delay', () => {
    const extensions: string[] = [];
    const writer = new RtpWriter({
      ssrc: 1,
      payloadType: 102,
      firstSequenceNumber: 0,
      playoutDelay: { extensionId: 6, minMs: 20, maxMs: 4_000 },
      send: (bytes) => extensions.push(bytes.toString('hex', 12, 20)),
    });
    writer.writeUnit(0, true, 0x41, Buffer.alloc(3_000), 0, 3_000);
    expect(extensions).toEqual(Array(3).fill('bede000162002190'));
  });
});

describe('the marker bit', () => {
  const twoSlices = (kind: 'idr' | 'p') => [slice(kind), slice(kind, 40, false)];

  test('ends a picture at once when the camera’s own is right', () => {
    const { sent, sendPicture, pictures } = openRepair();
    for (let index = 0; index < 5; index += 1) sendPicture(twoSlices('idr'));
    expect(picturesOf(sent)).toEqual(Array(5).fill('sets 5 5!'));
    expect(pictures).toHaveLength(5);
  });

  test.each(['none', 'all', 'first'] as const)('is right when the camera marks %s of the packets', (markers) => {
    const { sent, sendPicture } = openRepair();
    for (let index = 0; index < 200; index += 1) sendPicture(twoSlices(index % 50 === 0 ? 'idr' : 'p'), markers);
    const expected = Array.from({ length: 199 }, (_, index) => (index % 50 === 0 ? 'sets 5 5!' : '1 1!'));
    expect(picturesOf(sent).slice(0, 199)).toEqual(expected);
  });

  test('is right when the camera marks the parameter sets', () => {
    const { sent, sendPicture, sendPacket } = openRepair();
    for (let index = 0; index < 6; index += 1) {
      sendPacket(aggregate(sps, pps), true, (index + 1) * 3_000);
      sendPicture(twoSlices('idr'));
    }
    expect(picturesOf(sent)).toEqual(Array(6).fill('sets 5 5!'));
  });

  test('is right, and not late, when the camera marks the filler behind the picture', () => {
    const { sent, sendPicture } = openRepair();
    const filler = Buffer.from([12, 255, 255, 128]);
    for (let index = 0; index < 5; index += 1) sendPicture([...twoSlices('idr'), filler]);
    expect(picturesOf(sent)).toEqual(Array(5).fill('sets 5 5!'));
  });

  test('is right again soon when a camera stops to set it', () => {
    const { sent, sendPicture } = openRepair();
    for (let index = 0; index < 10; index += 1) sendPicture(twoSlices('idr'));
    for (let index = 0; index < 10; index += 1) sendPicture(twoSlices('idr'), 'none');
    const wrong = picturesOf(sent).filter((picture) => picture !== 'sets 5 5!');
    expect(wrong).toEqual(['sets 5 5', 'sets 5']);
  });

  test('separates pictures of a camera whose clock stands still', () => {
    const { sent, sendPacket } = openRepair();
    for (let index = 0; index < 5; index += 1) sendPacket(slice('idr'), true, 77);
    expect(picturesOf(sent)).toEqual(Array(5).fill('sets 5!'));
  });
});

describe('loss before the relay', () => {
  test('shows as one missing number, and fragments of a broken unit are not sent', () => {
    const { sent, sendPicture, sendPacket, skipPacket } = openRepair();
    for (let index = 0; index < 4; index += 1) sendPicture([slice('idr')]);
    const before = sent.length;
    const [first, , third] = fragments(slice('p', 3_000), 1_000) as [Buffer, Buffer, Buffer];
    sendPacket(first, false, 900_000);
    skipPacket();
    skipPacket();
    sendPacket(third, true, 900_000);
    sendPicture([slice('p')]);
    const numbers = sent.slice(before - 1).map(({ sequenceNumber }) => sequenceNumber);
    expect(numbers.slice(1).map((number, index) => (number - (numbers[index] ?? 0)) & 0xffff)).toEqual([1, 2]);
  });

  test('a key frame without its beginning is no key frame', () => {
    const { sent, sendPacket, skipPacket } = openRepair();
    sendPacket(slice('p'), true, 3_000);
    skipPacket();
    sendPacket(slice('idr', 40, false), true, 6_000);
    sendPacket(slice('p'), true, 9_000);
    expect(sent).toEqual([]);
  });

  test('a packet that comes twice is sent once', () => {
    const { sent, repair } = openRepair();
    for (const sequenceNumber of [1, 2, 2, 3, 3, 4]) {
      const head = Buffer.from([0x80, 0xe0, 0, sequenceNumber, 0, 0, sequenceNumber, 0, 0, 0, 0, 0]);
      const packet = Buffer.concat([head, slice('idr')]);
      repair.takePacket(packet, 0, packet.length, sequenceNumber * 33);
    }
    expect(picturesOf(sent)).toEqual(Array(4).fill('sets 5!'));
  });
});

describe('what the repair knows of a stream', () => {
  test('B-frames', () => {
    const { repair, sendPicture } = openRepair();
    for (const kind of ['idr', 'p', 'p', 'p'] as const) sendPicture([slice(kind)]);
    expect(repair.hasBFrames).toBe(false);
    for (const kind of ['b', 'b', 'p', 'b'] as const) sendPicture([slice(kind)]);
    expect(repair.hasBFrames).toBe(true);
  });

  test('pictures and packets, sent or not', () => {
    const { repair, sendPicture } = openRepair();
    sendPicture([slice('p'), slice('p', 40, false)]);
    sendPicture(fragments(slice('idr', 3_000), 1_000));
    expect(repair).toMatchObject({ pictures: 2, packets: 5, isWaitingForKeyFrame: false });
  });
});

test('survives whatever a camera sends, and never sends more than 1200 bytes', () => {
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc
      .tuple(fc.nat(255), fc.nat(255), fc.uint8Array({ maxLength: 3_000 }))
      .map(([one, two, rest]) => Buffer.from([one, two, ...rest])),
    fc.constantFrom(
      sps,
      pps,
      slice('idr', 4_000),
      slice('p'),
      aggregate(sps, pps),
      ...fragments(slice('idr', 3_000), 1_000),
    ),
  );
  const packet = fc.record({ payload, hasMarker: fc.boolean(), timestamp: fc.nat(0xffff_ffff) });
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 40 }), (packets) => {
      const { sent, sendPacket } = openRepair();
      for (const { payload, hasMarker, timestamp } of packets) sendPacket(payload, hasMarker, timestamp);
      expect(Math.max(0, ...sent.map(({ bytes }) => bytes))).toBeLessThanOrEqual(1_200);
    }),
  );
});
