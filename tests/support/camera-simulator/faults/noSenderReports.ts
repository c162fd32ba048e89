import type { Fault } from './Fault.ts';

export const noSenderReports: Fault = {
  standsFor: 'Cameras that send no RTCP at all, so that RTP timestamps never meet a wall clock.',
  hasNoSenderReports: true,
};
