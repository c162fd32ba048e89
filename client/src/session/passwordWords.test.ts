import { describe, expect, it } from 'vitest';
import { passwordWords } from './passwordWords.ts';

describe('passwordWords', () => {
  it('counts what people see as one character as one', () => {
    expect(passwordWords('🐢🐢🐢🐢🐢🐢🐢')).toEqual({ strength: 'tooShort', words: '1 more character needed.' });
    expect(passwordWords('abc').words).toBe('5 more characters needed.');
  });

  it('says first what is wanted, and asks for no letters of a kind', () => {
    expect(passwordWords('').words).toMatch(/^At least 8 characters, better 15/);
    expect(passwordWords('abcdefgh').strength).toBe('short');
    expect(passwordWords('quiet river ston').strength).toBe('good');
    expect(passwordWords('x'.repeat(129))).toEqual({ strength: 'tooShort', words: 'At most 128 characters.' });
  });
});
