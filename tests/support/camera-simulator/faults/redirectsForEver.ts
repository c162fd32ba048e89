import { respond } from '../rtsp/RtspMessage.ts';
import type { Fault } from './Fault.ts';

export const redirectsForEver: Fault = {
  standsFor: 'Recorders in a loop: the address they redirect to redirects to itself.',
  answer: (request) => (request.method === 'DESCRIBE' ? respond(302, [['Location', request.uri]]) : undefined),
};
