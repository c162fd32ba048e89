import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RtpWriter } from '../ingest/RtpWriter.ts';
import type { CameraError } from '../rtsp/CameraError.ts';
import { FlvReader } from './flv.ts';
import { Masking } from './Masking.ts';
import type { MaskProcessOptions } from './MaskProcess.ts';

/** SPS of baseline streams of 320x240, 640x480, 640x368 and 16000x12000, as x264 writes them. */
const sps = {
  small: spsOf(20, 15),
  large: spsOf(40, 30),
  wide: spsOf(40, 23),
  /** 4:3 as well. */
  huge: spsOf(1_000, 750),
};
const pps = Buffer.from([0x68, 0xce, 0x38, 0x80]);
const slice = (type: number, fill: number) => Buffer.concat([Buffer.from([0x60 | type]), Buffer.alloc(20, fill)]);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** In macroblocks; no cropping, no VUI. */
function spsOf(columns: number, rows: number): Buffer {
  const golomb = (value: number) => {
    const bits = (value + 1).toString(2);
    return '0'.repeat(bits.length - 1) + bits;
  };
  const fields = [0, 0, 2, 1].map(golomb).join('');
  const bits = `${fields}0${golomb(columns - 1)}${golomb(rows - 1)}11001`;
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
  const bytes = padded.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  return Buffer.from([0x67, 66, 0, 30, ...bytes]);
}

/** A masking of 4:3 whose ffmpeg the test plays. */
function open() {
  const abort = new AbortController();
  const sent: number[] = [];
  const failures: CameraError[] = [];
  const ran: { options: MaskProcessOptions; times: number[]; isClosed: boolean; isDrained: boolean }[] = [];
  let asked = 0;
  const playoutDelay = { extensionId: 6, minMs: 0, maxMs: 100 };
  const packets = { ssrc: 1, payloadType: 102, firstSequenceNumber: 0, playoutDelay };
  const writer = new RtpWriter({ ...packets, send: (bytes) => sent.push(bytes.readUInt16BE(2)) });
  const masking = new Masking({
    masks: {
      width: 640,
      height: 480,
      polygons: [
        [
          [0, 0],
          [0.5, 0],
          [0, 0.5],
        ],
      ],
    },
    writer,
    signal: abort.signal,
    onPicture: () => undefined,
    onKeyFrameNeeded: () => (asked += 1),
    onFailed: (error) => failures.push(error),
    log: { debug: () => undefined },
    openProcess: (options) => {
      const run = { options, times: [] as number[], isClosed: false, isDrained: true };
      const reader = new FlvReader({ onParameterSets: () => undefined, onPicture: (time) => run.times.push(time) });
      ran.push(run);
      return {
        write: (bytes) => reader.take(bytes),
        close: () => void (run.isClosed = true),
        get isDrained() {
          return run.isDrained;
        },
      };
    },
  });
  let timestamp = 0;
  const lose = () => masking.intake.leaveGap();
  const give = (type: 1 | 5, set: Buffer = sps.large) => {
    timestamp += 3_600;
    if (type === 5) masking.intake.writeUnits(timestamp, [set, pps]);
    const unit = slice(type, 1);
    masking.intake.writeUnit(timestamp, true, unit[0] as number, unit, 1, unit.length);
  };
  /** ffmpeg gives all that it has. */
  const answer = () => {
    const run = ran.at(-1);
    run?.options.onParameterSets([sps.large, pps]);
    for (const time of run?.times.splice(0) ?? []) run?.options.onPicture(time, [slice(5, 2)]);
  };
  return { masking, abort, writer, sent, failures, ran, give, lose, answer, asked: () => asked };
}

describe('SHR12 masking', () => {
  test('writes what ffmpeg gives back, and nothing else', () => {
    const { give, answer, sent, ran, masking } = open();
    give(1);
    expect(ran).toEqual([]);
    give(5);
    give(1);
    expect([ran[0]?.times.length, sent]).toEqual([2, []]);
    answer();
    expect([masking.pictures, sent]).toEqual([2, [0, 1, 2, 3]]);
    masking.close();
  });

  test('keeps its ffmpeg when the camera’s parameter sets change, and begins anew at another size', () => {
    const { give, ran, failures, masking } = open();
    give(5);
    give(5, Buffer.concat([sps.large, Buffer.from([0x80])]));
    expect(ran).toHaveLength(1);
    give(5, sps.small);
    expect(ran.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    expect(failures).toEqual([]);
    masking.close();
  });

  test('SHR13 does not show a picture of another shape than the masks were drawn on', () => {
    const { give, ran, failures, sent } = open();
    give(5, sps.wide);
    expect([ran, sent]).toEqual([[], []]);
    expect(failures).toMatchObject([
      { fault: 'maskFailed', message: expect.stringContaining('another shape (640x368)') },
    ]);
  });

  test('SHR13 names the size that does not fit, and takes no picture that fills the memory', () => {
    for (const [sets, words] of [
      [[sps.wide, sps.large], 'another shape (640x368)'],
      [[sps.huge], 'larger than the relay can mask'],
    ] as const) {
      const { masking, failures, ran } = open();
      masking.intake.writeUnits(3_600, [...sets, pps]);
      const unit = slice(5, 1);
      masking.intake.writeUnit(3_600, true, unit[0] as number, unit, 1, unit.length);
      expect([ran, failures.map(({ fault }) => fault)]).toEqual([[], ['maskFailed']]);
      expect(failures[0]?.message).toContain(words);
    }
  });

  test('asks again for a first key frame of which something was lost', () => {
    const { give, lose, ran, asked, masking } = open();
    give(1);
    vi.advanceTimersByTime(5_000);
    expect(asked()).toBe(0);
    lose();
    give(5);
    expect([ran, asked(), masking.hasStarted]).toEqual([[], 1, false]);
    give(1);
    vi.advanceTimersByTime(1_200);
    expect(asked()).toBe(2);
    give(5);
    give(1);
    expect([ran[0]?.times.length, masking.hasStarted]).toEqual([2, true]);
    masking.close();
  });

  test('asks once a second, whatever is lost', () => {
    const { give, lose, asked, masking } = open();
    give(5);
    for (let loss = 0; loss < 5; loss += 1) {
      lose();
      give(1);
      give(5);
    }
    expect(asked()).toBe(1);
    lose();
    give(1);
    vi.advanceTimersByTime(1_200);
    expect(asked()).toBe(2);
    masking.close();
  });

  test('that is too slow asks for a key frame when it can use one', () => {
    const { give, answer, asked, ran, failures, masking } = open();
    give(5);
    answer();
    const [run] = ran;
    for (let picture = 0; picture < 6; picture += 1) give(1);
    if (run !== undefined) run.isDrained = false;
    vi.advanceTimersByTime(1_000);
    give(1);
    give(5);
    vi.advanceTimersByTime(1_000);
    // Eight came, six went in: neither the last one nor a key frame while it is behind.
    expect([run?.times.length, asked()]).toEqual([6, 0]);
    answer();
    vi.advanceTimersByTime(200);
    expect(asked()).toBe(1);
    give(1);
    give(5);
    expect(run?.times.length).toBe(1);
    expect(failures).toEqual([]);
    masking.close();
  });

  test('leaves out what follows on a loss, asks the camera for a key frame, and goes on with it', () => {
    const { give, lose, ran, asked, answer, failures, masking } = open();
    give(5);
    answer();
    lose();
    give(1);
    give(1);
    expect([ran[0]?.times, asked()]).toEqual([[], 1]);
    // Asked again while there is none, and no failure, however long the camera takes.
    vi.advanceTimersByTime(10_000);
    expect(asked()).toBeGreaterThan(5);
    const before = asked();
    give(5);
    give(1);
    expect(ran[0]?.times).toHaveLength(2);
    vi.advanceTimersByTime(600);
    answer();
    vi.advanceTimersByTime(5_000);
    expect([asked(), failures]).toEqual([before, []]);
    masking.close();
  });

  test('SHR13 fails when ffmpeg does not start, when it hangs and when it ends, and says why in the cause', () => {
    const starting = open();
    starting.give(5);
    vi.advanceTimersByTime(19_000);
    expect(starting.failures).toEqual([]);
    vi.advanceTimersByTime(2_000);
    expect(starting.failures).toMatchObject([{ fault: 'maskFailed', cause: { message: 'ffmpeg does not start.' } }]);
    const hanging = open();
    hanging.give(5);
    hanging.answer();
    hanging.give(1);
    vi.advanceTimersByTime(4_000);
    expect(hanging.failures).toMatchObject([{ cause: { message: 'ffmpeg gives no pictures any more.' } }]);
    const ended = open();
    ended.give(5);
    ended.ran[0]?.options.onEnded('ffmpeg ended with 1.');
    ended.give(5);
    expect(ended.failures).toHaveLength(1);
    for (const { ran } of [starting, hanging, ended]) expect(ran.map(({ isClosed }) => isClosed)).toEqual([true]);
  });

  test('ends in the moment in which its pull is ended, also while the camera is being asked', () => {
    const { give, answer, abort, sent, ran } = open();
    give(5);
    abort.abort();
    answer();
    give(5);
    expect([sent, ran.map(({ isClosed }) => isClosed)]).toEqual([[], [true]]);
  });

  test('forgets the packet that waits from before, which was never masked', () => {
    const { writer, sent, masking } = open();
    masking.close();
    writer.isHolding = true;
    const unit = slice(1, 3);
    writer.writeUnit(1, false, unit[0] as number, unit, 1, unit.length);
    expect(sent).toEqual([]);
    writer.discardHeld();
    writer.discardHeld();
    writer.isHolding = false;
    writer.writeUnit(2, false, unit[0] as number, unit, 1, unit.length);
    // Its number goes to the next one: receivers ask for none that is missing.
    expect(sent).toEqual([0]);
  });
});
