import type { Disposition, Priority } from '@commonsight/types/incident';

export const priorityNames: Readonly<Record<Priority, string>> = {
  1: 'Priority 1',
  2: 'Priority 2',
  3: 'Priority 3',
};

export const priorityHints: Readonly<Record<Priority, string>> = {
  1: 'Danger to life, or happening now',
  2: 'Urgent',
  3: 'Routine',
};

export const priorities: readonly Priority[] = [1, 2, 3];

export const dispositionNames: Readonly<Record<Disposition, string>> = {
  resolved: 'Resolved',
  unfounded: 'Unfounded',
  duplicate: 'Duplicate',
  handedOver: 'Handed over',
};

export const dispositionHints: Readonly<Record<Disposition, string>> = {
  resolved: 'Dealt with',
  unfounded: 'Nothing was found',
  duplicate: 'Another incident is about the same',
  handedOver: 'Somebody else goes on with it',
};

export const dispositions: readonly Disposition[] = ['resolved', 'unfounded', 'duplicate', 'handedOver'];
