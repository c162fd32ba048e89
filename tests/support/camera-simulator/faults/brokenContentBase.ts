import { headerOf, setHeader } from '../rtsp/RtspMessage.ts';
import type { Fault } from './Fault.ts';

export const brokenContentBase: Fault = {
  standsFor: 'Cameras behind NAT or with an unset host name: Content-Base names an address that leads nowhere.',
  amend: (response) => {
    if (headerOf(response, 'Content-Base') !== undefined) setHeader(response, 'Content-Base', 'rtsp://0.0.0.0:0/');
  },
};
