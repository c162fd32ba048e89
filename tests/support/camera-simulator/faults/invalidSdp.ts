import type { Fault } from './Fault.ts';

export const invalidSdp: Fault = {
  standsFor:
    'Firmware with SDP written by hand: a second s=, a c= without its address, trailing spaces, bare line feeds.',
  lineEnd: ' \n',
  describe: (lines) =>
    lines.flatMap((line) => {
      if (line.startsWith('s=')) return [line, 's=streamed by the RTSP server'];
      return line.startsWith('c=') ? ['c=IN IP4'] : [line];
    }),
};
