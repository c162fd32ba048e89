import { NAL_PPS, NAL_SPS, nalType } from '../h264/annexB.ts';
import { FRAMES_PER_SECOND } from '../stamp.ts';
import type { Fault } from './Fault.ts';

const PERIOD_FRAMES = 30 * FRAMES_PER_SECOND;
const SHORTEST_USUAL_INTERVAL_FRAMES = 2 * FRAMES_PER_SECOND;

export const parameterSetsEvery30Seconds: Fault = {
  standsFor: 'Cameras that send SPS and PPS by a timer of their own rather than with each key frame.',
  picture: (picture) => {
    if (picture.liveFrame % PERIOD_FRAMES < SHORTEST_USUAL_INTERVAL_FRAMES) return picture;
    const isPicture = (nalu: Buffer): boolean => nalType(nalu) !== NAL_SPS && nalType(nalu) !== NAL_PPS;
    return { ...picture, groups: picture.groups.map((group) => group.filter(isPicture)) };
  },
};
