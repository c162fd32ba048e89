import type { Fault } from './Fault.ts';

export const sessionTimeout: Fault = {
  standsFor: 'Cameras that end a session without a keep-alive (OPTIONS or GET_PARAMETER) within its timeout, here 2 s.',
  sessionTimeoutMs: 2000,
};
