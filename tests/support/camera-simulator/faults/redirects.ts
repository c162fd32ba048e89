import { respond } from '../rtsp/RtspMessage.ts';
import type { Fault } from './Fault.ts';

export const redirects: Fault = {
  standsFor: 'Recorders that answer DESCRIBE with 302 and the path where the stream really is.',
  answer: (request, { origin }) => {
    const path = request.uri.slice(origin.length);
    if (request.method !== 'DESCRIBE' || path.startsWith('/moved/')) return undefined;
    return respond(302, [['Location', `${origin}/moved${path}`]]);
  },
};
