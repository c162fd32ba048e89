import type { MeasuredStream } from '@commonsight/types/relay/camera-entry';
import { expect, test } from 'vitest';
import { advise } from './advise.ts';
import { chooseProfiles } from './findStreams.ts';

const stream: MeasuredStream = {
  kind: 'main',
  codec: 'H264',
  width: 1920,
  height: 1080,
  framesPerSecond: 25,
  keyFrameSeconds: 2,
  repeatsParameterSets: true,
  hasBFrames: false,
  transport: 'tcp',
  kilobitsPerSecond: 4_000,
  seconds: 4,
  fault: null,
};
const sub: MeasuredStream = { ...stream, kind: 'sub', width: 640, height: 360, kilobitsPerSecond: 500 };
const good = { streams: [stream, sub], clockErrorSeconds: 0.4, device: null, fault: null };

test('a good camera needs nothing', () => {
  expect(advise(good)).toEqual([]);
});

test.each([
  [{ clockErrorSeconds: 40 }, 'setClock', 'The camera’s clock is 40 s fast.'],
  [{ clockErrorSeconds: -7_300 }, 'setClock', '2 h slow'],
  [{ clockErrorSeconds: null }, 'clockUnknown', 'Compare the time'],
  [{ streams: [stream] }, 'addSubStream', 'about 640 wide'],
  [{ streams: [{ ...stream, keyFrameSeconds: 10 }, sub] }, 'setKeyFrameInterval', 'main stream to 2 s'],
  [{ streams: [{ ...stream, keyFrameSeconds: null, seconds: 12 }, sub] }, 'setKeyFrameInterval', 'to 2 s'],
  [{ streams: [{ ...stream, framesPerSecond: 2 }, sub] }, 'raiseFrameRate', '2 frames'],
  [{ streams: [{ ...stream, framesPerSecond: 60 }, sub] }, 'lowerFrameRate', '60 frames'],
  [{ streams: [stream, { ...sub, kilobitsPerSecond: 8_000 }] }, 'lowerBitRate', 'second stream takes 8000 kbit/s'],
  [{ streams: [{ ...stream, hasBFrames: true }, sub] }, 'turnOffBFrames', 'B-frames'],
])('%j is advised about', (changed, code, words) => {
  const advice = advise({ ...good, ...changed });
  expect(advice.map((one) => one.code)).toEqual([code]);
  expect(advice[0]?.text).toContain(words);
});

test('of a camera’s profiles the largest in H264 is the main one, and the one nearest to a tile the other', () => {
  const profile = (token: string, codec: string, width: number) => ({
    token,
    name: '',
    codec,
    width,
    height: width / 2,
  });
  const profiles = [
    profile('small', 'H264', 320),
    profile('tile', 'H264', 704),
    profile('large', 'h.264', 1920),
    profile('largest', 'H265', 3840),
  ];
  const { main, sub: second } = chooseProfiles(profiles);
  expect([main.token, second?.token]).toEqual(['large', 'tile']);
  expect(chooseProfiles([profile('only', 'H265', 3840)]).main.token).toBe('only');
  expect(() => chooseProfiles([])).toThrow('no stream over ONVIF');
});
