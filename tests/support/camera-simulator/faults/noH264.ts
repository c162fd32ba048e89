import type { Fault } from './Fault.ts';

export const noH264: Fault = {
  standsFor: 'Old cameras and intercoms that offer Motion JPEG and sound only.',
  describe: (lines) => [
    ...lines.slice(
      0,
      lines.findIndex((line) => line.startsWith('m=')),
    ),
    'm=video 0 RTP/AVP 26',
    'a=rtpmap:26 JPEG/90000',
    'a=control:trackID=1',
    'm=audio 0 RTP/AVP 0',
    'a=rtpmap:0 PCMU/8000',
    'a=control:trackID=2',
  ],
};
