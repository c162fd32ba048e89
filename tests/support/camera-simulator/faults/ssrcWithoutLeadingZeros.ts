import { headerOf, setHeader } from '../rtsp/RtspMessage.ts';
import type { Fault } from './Fault.ts';

export const ssrcWithoutLeadingZeros: Fault = {
  standsFor: 'Cameras that print the SSRC with %x: fewer than eight digits, here of an SSRC that is small.',
  ssrc: 0x00_0b_c3_d4,
  amend: (response) => {
    const transport = headerOf(response, 'Transport');
    if (transport !== undefined) setHeader(response, 'Transport', transport.replace(/ssrc=0+/, 'ssrc='));
  },
};
