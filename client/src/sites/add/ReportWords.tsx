import type { CameraReport, MeasuredStream } from '@commonsight/types/relay/camera-entry';

/** What a test has measured, in a line for each stream, and what to change in the camera. */
export function ReportWords({ report, name }: { report: CameraReport; name: string }) {
  const { streams, advice, clockErrorSeconds } = report;
  return (
    <div className="mt-1 pl-11 text-xs text-muted max-md:pl-0">
      {streams.map((stream) => (
        <p key={stream.kind} className="figures m-0">
          {streamWords(stream)}
        </p>
      ))}
      {clockErrorSeconds === null ? null : (
        <p className="figures m-0">
          Clock {Math.abs(clockErrorSeconds).toFixed(1)} s {clockErrorSeconds < 0 ? 'behind' : 'ahead of'} the relay’s.
        </p>
      )}
      {advice.length === 0 ? null : (
        <ul aria-label={`What to change in ${name}`} className="m-0 mt-1 pl-4 text-text">
          {advice.map(({ code, kind, text }) => (
            <li key={`${code} ${kind ?? ''}`}>{text}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function streamWords(stream: MeasuredStream): string {
  const { kind, codec, width, height, framesPerSecond, keyFrameSeconds, kilobitsPerSecond } = stream;
  const parts = [
    codec ?? 'codec unknown',
    width === null || height === null ? 'size unknown' : `${String(width)} x ${String(height)}`,
    framesPerSecond === null ? null : `${String(framesPerSecond)} frames a second`,
    keyFrameSeconds === null ? null : `a key frame every ${String(keyFrameSeconds)} s`,
    kilobitsPerSecond === null ? null : `${String(kilobitsPerSecond)} kbit/s`,
    stream.repeatsParameterSets === false ? 'SPS and PPS not repeated' : null,
  ];
  return `${kind === 'main' ? 'Main' : 'Second'} stream: ${parts.filter((part) => part !== null).join(', ')}.`;
}
