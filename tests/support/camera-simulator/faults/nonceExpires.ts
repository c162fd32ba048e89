import type { Fault } from './Fault.ts';

export const nonceExpires: Fault = {
  standsFor:
    'Cameras whose nonce lives for one exchange: a later SETUP or keep-alive is answered 401 with a new nonce.',
  answer: (request, context) => {
    const note = `nonceExpires ${request.method}`;
    if (['SETUP', 'GET_PARAMETER'].includes(request.method) && !context.notes.has(note)) {
      context.notes.add(note);
      context.expireNonces();
    }
    return undefined;
  },
};
