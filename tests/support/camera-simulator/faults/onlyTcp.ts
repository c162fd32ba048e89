import type { Fault } from './Fault.ts';

export const onlyTcp: Fault = {
  standsFor: 'Cameras and recorders set to interleaved transport: SETUP over UDP is answered 461.',
  supports: 'onlyTcp',
};
