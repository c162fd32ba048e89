import { beforeAll, describe, expect, it } from 'vitest';
import { NAL_AUD, NAL_IDR, NAL_PPS, NAL_SPS, joinAnnexB, nalType } from '../h264/annexB.ts';
import { readSps } from '../h264/parameterSets.ts';
import { collectPackets } from '../testing/collectPackets.ts';
import type { RecordingSink } from '../testing/collectPackets.ts';
import { decode } from '../testing/decode.ts';
import { depacketise, payloadOfPacket, timestampOf } from '../testing/depacketise.ts';

/** Frames 0 to 60 hold two key frames, the first and the last. */
const TWO_KEY_FRAMES = { fromFrame: 0, frames: 61 };

function nalTypes(sink: RecordingSink): number[][] {
  return sink.pictures.map((packets) => depacketise(packets).map(nalType));
}

function hasMarker(packet: Buffer | undefined): boolean {
  return ((packet?.[1] ?? 0) & 0x80) !== 0;
}

function times(sink: RecordingSink): number[] {
  return sink.pictures.map(([packet]) => (packet === undefined ? NaN : timestampOf(packet)));
}

/** Steps between the timestamps of pictures that follow each other, as signed 32-bit numbers. */
function steps(sink: RecordingSink): number[] {
  const all = times(sink);
  return all.slice(1).map((time, index) => (time - (all[index] ?? NaN)) | 0);
}

const CLIP_DEADLINE_MS = 180_000;

describe('a fault in the stream', { timeout: CLIP_DEADLINE_MS }, () => {
  beforeAll(async () => {
    await collectPackets({ fromFrame: 0, frames: 1 });
  }, CLIP_DEADLINE_MS);

  it('parameterSetsOnlyInSdp', async () => {
    const types = nalTypes(await collectPackets({ ...TWO_KEY_FRAMES, faults: ['parameterSetsOnlyInSdp'] }));
    expect(types.flat()).toContain(NAL_IDR);
    expect(types.flat()).not.toContain(NAL_SPS);
    expect(types.flat()).not.toContain(NAL_PPS);
  });

  it('parameterSetsEvery30Seconds', async () => {
    const types = nalTypes(
      await collectPackets({ fromFrame: 0, frames: 1801, faults: ['parameterSetsEvery30Seconds'] }),
    );
    expect(types.flatMap((row, index) => (row.includes(NAL_SPS) ? [index] : []))).toEqual([0, 900, 1800]);
  });

  it('markerOnSps', async () => {
    const { pictures } = await collectPackets({ ...TWO_KEY_FRAMES, faults: ['markerOnSps'] });
    expect(hasMarker(pictures[0]?.[0])).toBe(true);
    expect(hasMarker(pictures[0]?.[1])).toBe(false);
    expect(hasMarker(pictures[0]?.at(-1))).toBe(true);
  });

  it('keyFrameInOnePacket', async () => {
    const { pictures } = await collectPackets({ ...TWO_KEY_FRAMES, faults: ['keyFrameInOnePacket'] });
    expect(pictures[60]).toHaveLength(1);
    const types = depacketise(pictures[60] ?? []).map(nalType);
    expect(types.slice(0, 3)).toEqual([NAL_SPS, NAL_PPS, NAL_IDR]);
  });

  it('audFirst', async () => {
    const sink = await collectPackets({ ...TWO_KEY_FRAMES, faults: ['audFirst'] });
    for (const types of nalTypes(sink)) expect(types.indexOf(NAL_AUD)).toBe(0);
    const bytes = joinAnnexB(sink.pictures.flatMap((packets) => depacketise(packets)));
    const input = ['-f', 'h264', '-i', 'pipe:0'];
    expect(await decode({ width: 640, height: 360, frames: 61, input, bytes })).toHaveLength(61);
  });

  it('noSenderReports', async () => {
    expect((await collectPackets({ ...TWO_KEY_FRAMES, faults: ['noSenderReports'] })).reports).toHaveLength(0);
  });

  it('clockYearsOff', async () => {
    const secondsOf = (sink: RecordingSink): number => sink.reports[0]?.readUInt32BE(8) ?? NaN;
    const right = secondsOf(await collectPackets({ fromFrame: 5e10, frames: 1 }));
    const wrong = secondsOf(await collectPackets({ fromFrame: 5e10, frames: 1, faults: ['clockYearsOff'] }));
    expect((right - wrong) / (365.25 * 24 * 3600)).toBeCloseTo(20, 5);
  });

  it('clockJumps', async () => {
    const jumps = steps(await collectPackets({ fromFrame: 0, frames: 130, faults: ['clockJumps'] }));
    expect(jumps[0]).toBe(3000);
    expect(jumps[59]).toBe(3000 + 3600 * 90_000);
    expect(jumps[119]).toBe(3000 - 3600 * 90_000);
  });

  it('clockTenTimesTooFast', async () => {
    const all = steps(await collectPackets({ ...TWO_KEY_FRAMES, faults: ['clockTenTimesTooFast'] }));
    expect(new Set(all)).toEqual(new Set([30_000]));
  });

  it('hugePackets', async () => {
    const { pictures } = await collectPackets({ ...TWO_KEY_FRAMES, stream: 'main', faults: ['hugePackets'] });
    const longest = Math.max(...pictures.flat().map((packet) => payloadOfPacket(packet).length));
    expect(longest).toBe(10_000);
  });

  it('bFrames', async () => {
    const sink = await collectPackets({ ...TWO_KEY_FRAMES, faults: ['bFrames'] });
    const nalus = sink.pictures.flatMap((packets) => depacketise(packets));
    expect(nalus.find((nalu) => nalType(nalu) === NAL_SPS)?.[1]).toBe(77);
    expect(Math.min(...steps(sink))).toBeLessThan(0);
    // Each time is used once, whatever the order.
    expect(new Set(times(sink)).size).toBe(61);
  });

  it('oneSlice', async () => {
    const types = nalTypes(await collectPackets({ ...TWO_KEY_FRAMES, faults: ['oneSlice'] }));
    expect(types[0]).toEqual([NAL_SPS, NAL_PPS, NAL_IDR]);
    expect(types[1]).toHaveLength(1);
  });

  it('resolutionChange', async () => {
    const { pictures } = await collectPackets({ fromFrame: 0, frames: 241, faults: ['resolutionChange'] });
    const widths = pictures.map((packets) => {
      const sps = depacketise(packets).find((nalu) => nalType(nalu) === NAL_SPS);
      return sps === undefined ? 0 : readSps(sps).widthInMacroblocks * 16;
    });
    expect([widths[0], widths[60], widths[120], widths[180], widths[240]]).toEqual([640, 640, 480, 480, 640]);
  });

  it('stops', async () => {
    expect((await collectPackets({ ...TWO_KEY_FRAMES, faults: ['stops'] })).pictures).toHaveLength(0);
  });

  it('repeatsOneFrame', async () => {
    const { pictures } = await collectPackets({ fromFrame: 0, frames: 30, faults: ['repeatsOneFrame', 'oneSlice'] });
    const payloads = pictures.map((packets) => Buffer.concat(depacketise(packets)).toString('base64'));
    expect(new Set(payloads).size).toBe(1);
    expect(pictures).toHaveLength(30);
  });
});
