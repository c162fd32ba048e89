import { expect, test } from 'vitest';
import { RtpWriter } from '../ingest/RtpWriter.ts';
import { type CameraPicture, PictureAssembler } from './PictureAssembler.ts';

const sets = [Buffer.from([0x67, 1, 2]), Buffer.from([0x68, 3])];
const slice = (type: number, length: number) => Buffer.alloc(length, 0x40 | type);

function open(isLost: (packet: number) => boolean = () => false) {
  const pictures: CameraPicture[] = [];
  const assembler = new PictureAssembler((picture) => pictures.push(picture));
  let packet = 0;
  const playoutDelay = { extensionId: 6, minMs: 0, maxMs: 100 };
  const writer = new RtpWriter({
    ssrc: 1,
    payloadType: 102,
    firstSequenceNumber: 65_534,
    playoutDelay,
    send: (bytes, length) => {
      packet += 1;
      if (!isLost(packet)) assembler.take(bytes, length);
    },
  });
  const write = (timestamp: number, unit: Buffer, isLast: boolean) =>
    writer.writeUnit(timestamp, isLast, unit[0] as number, unit, 1, unit.length);
  return { pictures, writer, write };
}

test('puts pictures together from small and from large units', () => {
  const { pictures, writer, write } = open();
  const [first, second, third] = [slice(5, 5_000), slice(5, 900), slice(1, 20)];
  writer.writeUnits(3_000, sets);
  write(3_000, first, false);
  write(3_000, second, true);
  write(6_000, third, true);
  expect(pictures).toEqual([
    { rtpTimestamp: 3_000, parameterSets: sets, units: [first, second], isKeyFrame: true, isWhole: true },
    { rtpTimestamp: 6_000, parameterSets: [], units: [third], isKeyFrame: false, isWhole: true },
  ]);
});

test('leaves out a unit of which a packet is missing, and ends a picture whose last one is', () => {
  const { pictures, write } = open((packet) => packet === 2 || packet === 8);
  write(3_000, slice(1, 4_000), false);
  write(3_000, slice(1, 30), true);
  write(6_000, slice(1, 50), false);
  write(6_000, slice(1, 2_000), true);
  write(9_000, slice(1, 10), true);
  write(12_000, slice(1, 10), true);
  const shown = pictures.map(({ rtpTimestamp, units, isWhole }) => [
    rtpTimestamp,
    units.map(({ length }) => length),
    isWhole,
  ]);
  expect(shown).toEqual([
    [3_000, [30], false],
    [6_000, [50], false],
    // What is missing before it may have been its own first packet.
    [9_000, [10], false],
    [12_000, [10], true],
  ]);
});

test('a picture whose end was marked before it is in two parts, of which the second is not whole', () => {
  const { pictures, write } = open();
  write(3_000, slice(5, 40), true);
  write(3_000, slice(5, 30), false);
  write(3_000, slice(5, 20), true);
  write(3_000, slice(5, 15), true);
  write(6_000, slice(1, 10), true);
  expect(pictures.map(({ rtpTimestamp, units, isWhole }) => [rtpTimestamp, units.length, isWhole])).toEqual([
    [3_000, 1, true],
    [3_000, 2, false],
    [3_000, 1, false],
    [6_000, 1, true],
  ]);
});

test('keeps no more of a picture without an end than a picture has', () => {
  const { pictures, write } = open();
  for (let unit = 0; unit < 9_000; unit += 1) write(3_000, slice(1, 1_000), false);
  write(6_000, slice(1, 10), true);
  expect(pictures.map(({ units, isWhole }) => [units.length, isWhole])).toEqual([
    [8_000, false],
    [1, true],
  ]);
});
