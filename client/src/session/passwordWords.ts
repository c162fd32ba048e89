import { passwordRules } from '@commonsight/types/password';

export interface PasswordWords {
  /** `tooShort`: the server would refuse it. `short`: it works. `good`: as long as recommended. */
  strength: 'tooShort' | 'short' | 'good';
  words: string;
}

/** What can be said of a password by its length alone; whether it is a common one, the server says. */
export function passwordWords(password: string): PasswordWords {
  const length = Array.from(password).length;
  const { minimumLength, recommendedLength, maximumLength } = passwordRules;
  if (length > maximumLength) return { strength: 'tooShort', words: `At most ${maximumLength} characters.` };
  if (length < minimumLength) {
    const missing = minimumLength - length;
    const words =
      length === 0
        ? `At least ${minimumLength} characters, better ${recommendedLength} or more: four words are easy to keep in mind.`
        : `${missing} more ${missing === 1 ? 'character' : 'characters'} needed.`;
    return { strength: 'tooShort', words };
  }
  if (length < recommendedLength) {
    return {
      strength: 'short',
      words: `Works. With ${recommendedLength} characters or more it is much harder to guess.`,
    };
  }
  return { strength: 'good', words: 'Good length.' };
}
