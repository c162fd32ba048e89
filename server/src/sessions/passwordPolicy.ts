import { type PasswordAdvice, passwordRules } from '@commonsight/types/password';
import { dictionary } from '@zxcvbn-ts/language-common';
import { CodedError } from '../errors.ts';

/** Those that are guessed first, in lower case: a list that comes with a package, so that nothing has to be asked. */
const commonPasswords: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/** A part of a name that is shorter than this is in too many words. */
const shortestTellingPart = 4;
const appName = 'commonsight';

/**
 * Takes or refuses a new password (`badRequest`, with a sentence to show) and says whether it could be better. Length
 * counts; which letters it has does not.
 */
export function assertPassword(password: string, person: { name: string; email: string }): PasswordAdvice {
  const folded = password.normalize('NFKC').toLowerCase();
  const letters = Array.from(password);
  if (letters.length < passwordRules.minimumLength) {
    throw new CodedError('badRequest', `The password needs at least ${passwordRules.minimumLength} characters.`);
  }
  if (new Set(letters).size < 4) throw new CodedError('badRequest', 'The password repeats a few characters only.');
  if (commonPasswords.has(folded) || commonPasswords.has(withoutEnding(folded))) {
    throw new CodedError('badRequest', 'This password is among the first that are guessed. Choose another.');
  }
  const isPersonal = personalParts(person).some((part) => folded.includes(part));
  if (isPersonal) throw new CodedError('badRequest', 'Leave names and the email out of the password.');

  const hasRecommendedLength = letters.length >= passwordRules.recommendedLength;
  const advice = `It works. With ${passwordRules.recommendedLength} characters or more, such as four words, it is much harder to guess.`;
  return { hasRecommendedLength, advice: hasRecommendedLength ? null : advice };
}

/** The digits and signs that people put behind a common password. */
function withoutEnding(password: string): string {
  return password.replace(/[^\p{Letter}]+$/u, '');
}

function personalParts({ name, email }: { name: string; email: string }): string[] {
  const [mailbox = '', host = ''] = email.toLowerCase().split('@');
  const parts = [appName, mailbox, host, ...mailbox.split(/[^\p{Letter}]+/u), ...name.toLowerCase().split(/\s+/)];
  return parts.filter((part) => part.length >= shortestTellingPart);
}
