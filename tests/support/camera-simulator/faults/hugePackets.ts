import type { Fault } from './Fault.ts';

export const hugePackets: Fault = {
  standsFor: 'Cameras that cut pictures into packets of 10,000 bytes when TCP carries them.',
  tcpPayloadBytes: 10_000,
};
