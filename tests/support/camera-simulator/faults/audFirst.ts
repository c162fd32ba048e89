import { NAL_AUD } from '../h264/annexB.ts';
import type { Fault } from './Fault.ts';

export const audFirst: Fault = {
  standsFor: 'Cameras that begin each picture with an access unit delimiter in a packet of its own.',
  picture: (picture) => {
    const primaryPictureType = picture.isKeyFrame ? 0x10 : 0x30;
    return { ...picture, groups: [[Buffer.from([NAL_AUD, primaryPictureType])], ...picture.groups] };
  },
};
