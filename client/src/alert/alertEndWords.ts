import type { AlertEnd } from '@commonsight/types/relay/alert';

/** Why an owner's alert is over, as operators read it. */
export const alertEndWords: Readonly<Record<AlertEnd, string>> = {
  time: 'Its time was over.',
  owner: 'The owner ended it.',
  webhook: 'A button or sensor at the site ended it.',
  console: 'It was ended at the relay.',
  cancelled: 'It was cancelled.',
  incidentClosed: 'Its incident was closed.',
  notAllowed: 'The owner does not share so any more.',
  realAlert: 'Another alert began.',
  relaySlept: 'The relay was asleep.',
  relayRestarted: 'The relay was started again.',
  unknown: 'Nothing was heard of how it ended.',
};
