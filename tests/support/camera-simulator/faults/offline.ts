import type { Fault } from './Fault.ts';

export const offline: Fault = {
  standsFor: 'A camera that is switched off behind a recorder that still listens: every connection is cut.',
  isOffline: true,
  answer: () => 'hangUp',
};
