import { describe, expect, it } from 'vitest';
import { aCamera, aGrantRequest } from '../testing/records.ts';
import { cameraNames } from './cameraNames.ts';
import { inboxCountWords, requestStateWords } from './inboxWords.ts';

describe('inboxCountWords', () => {
  it('names what waits and leaves out what does not', () => {
    expect(inboxCountWords(1, 0)).toBe('1 approval waits');
    expect(inboxCountWords(2, 1)).toBe('2 approvals wait, 1 justification overdue');
    expect(inboxCountWords(0, 3)).toBe('3 justifications overdue');
  });
});

describe('requestStateWords', () => {
  it('says who decided and why', () => {
    const decidedBy = { id: 'user-2', name: 'Sam Okafor', role: 'supervisor' } as const;
    const denied = aGrantRequest({ state: 'denied', decidedBy, decisionNote: 'Ask the watch.' });
    expect(requestStateWords(denied)).toBe('It was denied by Sam Okafor. Ask the watch.');
    expect(requestStateWords(aGrantRequest({ state: 'timedOut' }))).toContain('Nobody answered');
  });
});

describe('cameraNames', () => {
  it('names some and counts the others', () => {
    const cameras = new Map([['camera-1', aCamera()]]);
    expect(cameraNames(['camera-1', 'camera-2'], cameras)).toBe('Market North, a camera that you may not see');
    expect(
      cameraNames(
        Array.from({ length: 10 }, () => 'camera-1'),
        cameras,
      ),
    ).toMatch(/ and 2 more$/);
  });
});
