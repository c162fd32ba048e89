import type { CallError } from '../api/CallResult.ts';
import { minutesWords } from '../policy/policyWords.ts';
import type { PurposeChoice } from '../state/policy.ts';
import { approverWords } from '../ui/words.ts';

/** How long a grant for the purpose runs, and who has to approve it. */
export function termsWords({ defaultMinutes, maximumMinutes, approvedBy }: PurposeChoice): string {
  const runs = `Runs ${minutesWords(defaultMinutes)}`;
  const renewed = maximumMinutes > defaultMinutes ? `, with renewals ${minutesWords(maximumMinutes)} at most` : '';
  return `${runs}${renewed}.${approvedBy.length === 0 ? '' : ` Needs approval by ${approverWords(approvedBy)}.`}`;
}

/** What to do about a refusal, after the server's sentence where that says more than the code. */
const advice: Readonly<Partial<Record<CallError['code'], (message: string) => string>>> = {
  purposeNotAllowed: (message) => `${message} Choose another purpose.`,
  approvalNeeded: () => 'This purpose needs an approval first. Write a note and ask for it.',
  notShared: (message) => `${message} Leave out cameras of homes and of owners who do not share, and try again.`,
  incidentClosed: () => 'The incident was closed meanwhile. Add the cameras to an open incident.',
  notPermitted: (message) => `${message} Ask an administrator which cameras and purposes your account may use.`,
  notFound: () => 'The incident or one of its cameras is there no more. Choose again.',
  grantNeeded: () => 'Choose a purpose.',
};

/** Why access was refused, and what to do. */
export function refusalWords({ code, message }: CallError): string {
  return advice[code]?.(message) ?? message;
}

/** From here on what is left of a grant asks for attention. */
export const endsSoonMs = 2 * 60_000;
