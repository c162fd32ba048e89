import type { CameraReport, MeasuredStream } from '@commonsight/types/relay/camera-entry';

/** A report as lines for a console. */
export function printReport(report: CameraReport): string[] {
  const { device, clockErrorSeconds, streams, advice } = report;
  return [
    report.isUsable ? 'The camera can be used.' : 'The camera cannot be used as it is.',
    ...(device === null ? [] : [`Camera: ${device.manufacturer} ${device.model}, firmware ${device.firmware}`]),
    clockErrorSeconds === null
      ? 'Clock: it does not tell'
      : `Clock: ${clockErrorSeconds.toFixed(1)} s ahead of the relay’s`,
    ...streams.flatMap(printStream),
    advice.length === 0 ? 'Nothing has to be changed.' : 'What to do:',
    ...advice.map(({ text }) => `  - ${text}`),
  ];
}

function printStream(stream: MeasuredStream): string[] {
  const { kind, codec, width, height, framesPerSecond, keyFrameSeconds, repeatsParameterSets } = stream;
  const unknown = 'unknown';
  const repeats =
    repeatsParameterSets === null ? unknown : repeatsParameterSets ? 'with each key frame' : 'not repeated';
  return [
    `Stream ${kind}:${stream.fault === null ? '' : ` ${stream.fault.message}`}`,
    `  codec ${codec ?? unknown}, ${width === null || height === null ? 'size unknown' : `${width}x${height}`}, ` +
      `${framesPerSecond ?? unknown} frames/s, ${stream.kilobitsPerSecond ?? unknown} kbit/s, over ${stream.transport ?? unknown}`,
    `  key frame every ${keyFrameSeconds === null ? unknown : `${keyFrameSeconds} s`}, SPS and PPS ${repeats}, ` +
      `B-frames ${stream.hasBFrames ? 'yes' : 'no'}`,
  ];
}
