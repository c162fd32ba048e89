import { NAL_PPS, NAL_SPS, nalType } from '../h264/annexB.ts';
import type { Fault } from './Fault.ts';

export const parameterSetsOnlyInSdp: Fault = {
  standsFor: 'Cameras that trust the SDP and never send SPS and PPS in the stream, so that a late decoder stays black.',
  picture: (picture) => ({
    ...picture,
    groups: picture.groups.map((group) =>
      group.filter((nalu) => nalType(nalu) !== NAL_SPS && nalType(nalu) !== NAL_PPS),
    ),
  }),
};
