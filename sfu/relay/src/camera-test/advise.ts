import type { CameraAdvice, CameraReport, MeasuredStream } from '@commonsight/types/relay/camera-entry';

/** Seconds. A tile that opens between two key frames waits for the next one. */
const longestKeyFrameSeconds = 4.5;
const wantedKeyFrameSeconds = 2;
/** Beyond that a time in the picture is worth little as evidence. */
const largestClockErrorSeconds = 5;
const fewestFramesPerSecond = 4;
const mostFramesPerSecond = 31;
const mostKilobitsPerSecond = { main: 12_000, sub: 3_000 } as const;

/** What somebody should change in the camera, the worst first. */
export function advise(report: Omit<CameraReport, 'advice' | 'isUsable'>): CameraAdvice[] {
  const advice = report.streams.flatMap(adviseStream);
  if (report.fault !== null) advice.unshift({ code: 'unusable', kind: null, text: report.fault.message });
  const { clockErrorSeconds } = report;
  if (clockErrorSeconds !== null && Math.abs(clockErrorSeconds) >= largestClockErrorSeconds) {
    const way = clockErrorSeconds > 0 ? 'fast' : 'slow';
    const text = `The camera’s clock is ${durationOf(Math.abs(clockErrorSeconds))} ${way}. Set it, or let it go by a time server (NTP).`;
    advice.push({ code: 'setClock', kind: null, text });
  }
  if (report.fault === null && clockErrorSeconds === null) {
    const text = 'The camera does not tell its clock. Compare the time in the picture with a good clock.';
    advice.push({ code: 'clockUnknown', kind: null, text });
  }
  if (report.fault === null && !report.streams.some(({ kind }) => kind === 'sub')) {
    const text = 'The camera has one stream. Give it a small second one (about 640 wide) for tiles of a dense wall.';
    advice.push({ code: 'addSubStream', kind: null, text });
  }
  return advice;
}

function adviseStream(stream: MeasuredStream): CameraAdvice[] {
  const advice: CameraAdvice[] = [];
  const { kind, fault, keyFrameSeconds, framesPerSecond, kilobitsPerSecond } = stream;
  const name = kind === 'main' ? 'main stream' : 'second stream';
  const say = (code: CameraAdvice['code'], text: string) => void advice.push({ code, kind, text });
  if (fault?.code === 'h265Only') say('useH264', `Switch the ${name} from H.265 to H.264 in the camera.`);
  else if (fault?.code === 'noH264') say('useH264', `Set the ${name} to H.264 in the camera.`);
  else if (fault?.code === 'noKeyFrame') say('setKeyFrameInterval', keyFrameText(name));
  else if (fault !== null) say('unusable', fault.message);
  if (stream.hasBFrames) say('turnOffBFrames', `Turn B-frames off for the ${name}, or choose the Baseline profile.`);
  const isWide =
    keyFrameSeconds === null ? stream.seconds > longestKeyFrameSeconds : keyFrameSeconds > longestKeyFrameSeconds;
  if (fault === null && isWide) say('setKeyFrameInterval', keyFrameText(name));
  if (stream.repeatsParameterSets === false) {
    say(
      'repeatParameterSets',
      `The ${name} does not repeat SPS and PPS before key frames. The relay mends it; nothing has to be done.`,
    );
  }
  if (framesPerSecond !== null && framesPerSecond < fewestFramesPerSecond) {
    say('raiseFrameRate', `The ${name} has ${framesPerSecond} frames a second. Set 10 to 15 or more.`);
  }
  if (framesPerSecond !== null && framesPerSecond > mostFramesPerSecond) {
    say('lowerFrameRate', `The ${name} has ${framesPerSecond} frames a second. Set 15 to 30.`);
  }
  if (kilobitsPerSecond !== null && kilobitsPerSecond > mostKilobitsPerSecond[kind]) {
    say(
      'lowerBitRate',
      `The ${name} takes ${kilobitsPerSecond} kbit/s. Limit it to ${mostKilobitsPerSecond[kind]} kbit/s.`,
    );
  }
  return advice;
}

function keyFrameText(name: string): string {
  return `Set the key-frame interval of the ${name} to ${wantedKeyFrameSeconds} s.`;
}

function durationOf(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}
