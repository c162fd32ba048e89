import type { RefusalReason } from '@commonsight/types/application';

/** Why an application is refused, for administrators; its applicant reads it in the own language. */
export const reasonWords: Readonly<Record<RefusalReason, string>> = {
  notNeeded: 'No live video is needed from there now',
  noCapacity: 'No more cameras can be taken at the moment',
  homesNotTaken: 'No live video of homes is taken',
  notEntitled: 'It could not be confirmed that the cameras are theirs',
  known: 'It shares already, or somebody else has applied for it',
};
