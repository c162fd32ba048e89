import { beforeAll, describe, expect, it } from 'vitest';
import { NAL_IDR, NAL_PPS, NAL_SPS, joinAnnexB, nalType } from './h264/annexB.ts';
import { readSps } from './h264/parameterSets.ts';
import { LOOP_FRAMES, readStamp } from './stamp.ts';
import { RecordingSink, collectPackets, testCamera } from './testing/collectPackets.ts';
import { decode } from './testing/decode.ts';
import { depacketise, sequenceNumberOf, timestampOf } from './testing/depacketise.ts';

const CLIP_DEADLINE_MS = 180_000;
// A whole number of loops after 1970, less a few frames: the loop ends in the middle of what is sent.
const BEFORE_LOOP_END = 170_000_000 * LOOP_FRAMES - 40;

describe('a simulated stream', () => {
  beforeAll(async () => {
    await collectPackets({ fromFrame: 0, frames: 1 });
  }, CLIP_DEADLINE_MS);

  it('goes on with its timestamps and sequence numbers where the clip begins again', async () => {
    const { pictures } = await collectPackets({ fromFrame: BEFORE_LOOP_END, frames: 80 });
    expect(pictures).toHaveLength(80);
    const times = pictures.map(([packet]) => (packet === undefined ? NaN : timestampOf(packet)));
    for (let index = 1; index < times.length; index += 1) {
      expect(((times[index] ?? NaN) - (times[index - 1] ?? NaN) + 2 ** 32) % 2 ** 32).toBe(3000);
    }
    const numbers = pictures.flat().map(sequenceNumberOf);
    for (let index = 1; index < numbers.length; index += 1) {
      expect(numbers[index]).toBe(((numbers[index - 1] ?? NaN) + 1) & 0xffff);
    }
  });

  it('marks the last packet of each picture and no other, and keeps packets below 1412 bytes', async () => {
    const { pictures } = await collectPackets({ stream: 'main', fromFrame: 0, frames: 62 });
    for (const packets of pictures) {
      const marks = packets.map((packet) => ((packet[1] ?? 0) & 0x80) !== 0);
      expect(marks.indexOf(true)).toBe(packets.length - 1);
      expect(Math.max(...packets.map((packet) => packet.length))).toBeLessThanOrEqual(1412);
    }
  });

  it('sends all pulls the same packets', async () => {
    const stream = testCamera([]).streams.sub;
    await stream.prepare(0);
    const [early, late] = [new RecordingSink(), new RecordingSink()];
    stream.addPull(early);
    for (let frame = 0; frame < 10; frame += 1) stream.sendFrame(frame);
    stream.addPull(late);
    for (let frame = 10; frame < 20; frame += 1) stream.sendFrame(frame);
    expect(Buffer.concat(late.pictures.flat()).equals(Buffer.concat(early.pictures.slice(10).flat()))).toBe(true);
  });

  it('has a key frame with parameter sets every two seconds', async () => {
    const { pictures } = await collectPackets({ fromFrame: 0, frames: LOOP_FRAMES });
    const types = pictures.map((packets) => depacketise(packets).map(nalType));
    const keyFrames = types.flatMap((row, index) => (row.includes(NAL_IDR) ? [index] : []));
    expect(keyFrames).toEqual([0, 60, 120, 180, 240]);
    for (const index of keyFrames) expect(types[index]?.slice(0, 2)).toEqual([NAL_SPS, NAL_PPS]);
  });

  it.each([
    ['main', 1280, 720],
    ['sub', 640, 360],
  ] as const)(
    'decodes %s pictures whose stamps tell the frame, across the end of the loop',
    async (stream, width, height) => {
      const { pictures } = await collectPackets({ stream, fromFrame: BEFORE_LOOP_END - 20, frames: 120 });
      const nalus = pictures.flatMap((packets) => depacketise(packets));
      const decoded = await decode({
        width,
        height,
        frames: 120,
        input: ['-f', 'h264', '-i', 'pipe:0'],
        bytes: joinAnnexB(nalus),
      });
      const expected = Array.from({ length: 120 }, (_, index) => (LOOP_FRAMES - 60 + index) % LOOP_FRAMES);
      expect(decoded.map(readStamp)).toEqual(expected);
      const sps = nalus.find((nalu) => nalType(nalu) === NAL_SPS);
      expect(sps?.subarray(1, 3).toString('hex')).toBe('42c0');
      expect(readSps(sps ?? Buffer.alloc(0)).widthInMacroblocks * 16).toBe(width);
    },
  );

  it('writes a sender report for each new pull and every five seconds', async () => {
    const { reports, pictures } = await collectPackets({ fromFrame: 1, frames: 300 });
    expect(reports).toHaveLength(2 + 1);
    const first = reports[0] ?? Buffer.alloc(0);
    expect(first[1]).toBe(200);
    expect(first.readUInt32BE(16)).toBe(timestampOf(pictures[0]?.[0] ?? Buffer.alloc(12)));
    // Frame 1 of the grid is due 33 ms after 1970.
    expect(first.readUInt32BE(8)).toBe(2_208_988_800);
    expect(first.readUInt32BE(12) / 2 ** 32).toBeCloseTo(1 / 30, 5);
  });
});
