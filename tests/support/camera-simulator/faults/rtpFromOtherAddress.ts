import type { Fault } from './Fault.ts';

export const rtpFromOtherAddress: Fault = {
  standsFor: 'Encoders with two network cards: RTP over UDP comes from an address that no answer has named.',
  sendsFromOtherAddress: true,
};
