import { respond } from '../rtsp/RtspMessage.ts';
import type { Fault } from './Fault.ts';

export const caseSensitiveCSeq: Fault = {
  standsFor: 'Servers that compare header names byte by byte and see no sequence number in "Cseq" or "cseq".',
  answer: (request) => (request.headers.some(([name]) => name === 'CSeq') ? undefined : respond(400)),
};
