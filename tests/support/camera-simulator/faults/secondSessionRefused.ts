import { respond } from '../rtsp/RtspMessage.ts';
import type { Fault } from './Fault.ts';

export const secondSessionRefused: Fault = {
  standsFor: 'Small cameras that serve one viewer at a time and refuse the next SETUP with 453.',
  answer: (request, context) => (request.method === 'SETUP' && context.isPulledByOthers ? respond(453) : undefined),
};
