import type { Fault } from './Fault.ts';

export const otherTracks: Fault = {
  standsFor: 'No mistake but common: sound before the video and ONVIF metadata after it, each with its control.',
  describe: (lines) => {
    const video = lines.findIndex((line) => line.startsWith('m='));
    return [
      ...lines.slice(0, video),
      'm=audio 0 RTP/AVP 8',
      'a=rtpmap:8 PCMA/8000',
      'a=control:trackID=2',
      ...lines.slice(video),
      'm=application 0 RTP/AVP 107',
      'a=rtpmap:107 vnd.onvif.metadata/90000',
      'a=control:trackID=3',
    ];
  },
};
