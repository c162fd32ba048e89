import type { Fault } from './Fault.ts';

export const keyFrameInOnePacket: Fault = {
  standsFor: 'Cameras that put SPS, PPS and the whole key frame into one STAP-A, up to 65,000 bytes over TCP.',
  tcpPayloadBytes: 65_000,
  picture: (picture) => ({ ...picture, groups: [picture.groups.flat()] }),
};
