import { respond } from '../rtsp/RtspMessage.ts';
import type { Fault } from './Fault.ts';

export const redirectsElsewhere: Fault = {
  standsFor:
    'A hostile camera that sends its client to an address the client would never dial: a cloud metadata service.',
  answer: (request) =>
    request.method === 'DESCRIBE' ? respond(302, [['Location', 'rtsp://169.254.169.254:80/latest']]) : undefined,
};
