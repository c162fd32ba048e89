import { describe, expect, it } from 'vitest';
import { aPurposeRule } from '../testing/records.ts';
import { refusalWords, termsWords } from './grantWords.ts';

describe('termsWords', () => {
  const choice = { ...aPurposeRule(), purpose: 'violentCrime', isBreakGlassable: false } as const;

  it('says how long it runs and who approves', () => {
    expect(termsWords(choice)).toBe('Runs 30 min, with renewals 8 h at most.');
    expect(termsWords({ ...choice, maximumMinutes: 30, approvedBy: ['supervisor'] })).toBe(
      'Runs 30 min. Needs approval by a supervisor.',
    );
  });
});

describe('refusalWords', () => {
  it('says what to do', () => {
    const words = (code: 'purposeNotAllowed' | 'notShared' | 'incidentClosed' | 'approvalNeeded') =>
      refusalWords({ code, message: 'No.' });
    expect(words('purposeNotAllowed')).toBe('No. Choose another purpose.');
    expect(words('notShared')).toContain('Leave out');
    expect(words('incidentClosed')).toContain('open incident');
    expect(words('approvalNeeded')).toContain('ask for it');
    expect(refusalWords({ code: 'unreachable', message: 'No answer.' })).toBe('No answer.');
  });
});
