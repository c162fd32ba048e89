import { NAL_SPS, nalType } from '../h264/annexB.ts';
import type { Fault } from './Fault.ts';

const STAP_A = 24;

export const markerOnSps: Fault = {
  standsFor: 'Cameras that set the marker bit on the packet of the SPS, as if the picture ended there.',
  packets: (packets) =>
    packets.map((packet) => {
      const type = nalType(packet.payload);
      const holdsSps = type === NAL_SPS || (type === STAP_A && nalType(packet.payload.subarray(3)) === NAL_SPS);
      return holdsSps ? { ...packet, isLast: true } : packet;
    }),
};
