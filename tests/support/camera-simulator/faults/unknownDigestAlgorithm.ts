import { respond } from '../rtsp/RtspMessage.ts';
import type { Fault } from './Fault.ts';

export const unknownDigestAlgorithm: Fault = {
  standsFor: 'Firmware newer than its clients: a challenge with a digest algorithm that nobody knows yet.',
  answer: (request) => {
    if (request.method === 'OPTIONS') return undefined;
    const challenge = 'Digest realm="IP Camera", nonce="a3f1c06e", algorithm=SHA3-512, qop="auth"';
    return respond(401, [['WWW-Authenticate', challenge]]);
  },
};
