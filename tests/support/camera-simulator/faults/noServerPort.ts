import { headerOf, setHeader } from '../rtsp/RtspMessage.ts';
import type { Fault } from './Fault.ts';

export const noServerPort: Fault = {
  standsFor: 'Cameras that leave server_port out of the SETUP answer over UDP.',
  amend: (response) => {
    const transport = headerOf(response, 'Transport');
    if (transport !== undefined) setHeader(response, 'Transport', transport.replace(/;server_port=[\d-]+/, ''));
  },
};
