import type { Fault } from './Fault.ts';

export const onlyUdp: Fault = {
  standsFor: 'Old encoders that know no interleaved transport: SETUP over TCP is answered 461.',
  supports: 'onlyUdp',
};
