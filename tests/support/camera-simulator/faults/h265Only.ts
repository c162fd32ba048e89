import type { Fault } from './Fault.ts';

export const h265Only: Fault = {
  standsFor: 'Cameras set to H265: the SDP offers nothing else.',
  describe: (lines) =>
    lines.filter((line) => !line.startsWith('a=fmtp')).map((line) => line.replace('H264/90000', 'H265/90000')),
};
