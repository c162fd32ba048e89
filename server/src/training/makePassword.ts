import { randomInt } from 'node:crypto';

const consonants = 'bdfghjklmnprstvz';
const vowels = 'aeiou';

/** A random password that a person can read off a screen and type: four groups, 50 bits. */
export function makePassword(): string {
  const syllable = () => pick(consonants) + pick(vowels);
  return Array.from({ length: 4 }, () => syllable() + syllable()).join('-');
}

function pick(letters: string): string {
  return letters.charAt(randomInt(letters.length));
}
