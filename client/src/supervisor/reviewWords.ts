import type { FlagKind, ReviewFinding } from '@commonsight/types/review';

export const flagNames: Readonly<Record<FlagKind, string>> = {
  outOfShift: 'Out of shift',
  burst: 'Many cameras at once',
  sameCameraManyDays: 'Same camera, many days',
  longDwell: 'Long look',
  reusedIncident: 'Old incident reused',
  twoPlaces: 'Two places at once',
  genericNotes: 'Notes say nothing',
};

export const findings: readonly { value: ReviewFinding; label: string; hint: string }[] = [
  { value: 'justified', label: 'Justified', hint: 'The purpose and the incident explain it.' },
  { value: 'coaching', label: 'Coaching', hint: 'No misuse, and worth a talk with the user.' },
  { value: 'refer', label: 'Refer', hint: 'Handed to whoever looks into misuse.' },
];
