import { describe, expect, it } from 'vitest';
import { dueCountWords, dueWords } from '../grant/dueWords.ts';
import { aBreakGlassUse } from '../testing/records.ts';
import { breakGlassChanged, breakGlassInbox, createBreakGlassStore, dueOf, isStillRunning } from './breakGlass.ts';
import { unjustified } from './supervisorInbox.ts';

const nowMs = Date.parse('2026-01-05T12:00:00.000Z');
const other = { id: 'user-2', name: 'Kim Lo', role: 'dispatcher' } as const;
const open = aBreakGlassUse({ id: 'open' });
const late = aBreakGlassUse({ id: 'late', dueAt: '2026-01-05T10:00:00.000Z' });
const justified = aBreakGlassUse({ id: 'justified', state: 'justified', startedAt: '2026-01-05T11:00:00.000Z' });
const older = aBreakGlassUse({ id: 'older', state: 'justified' });
const others = aBreakGlassUse({ id: 'others', user: other, dueAt: '2026-01-07T10:00:00.000Z' });

function stateOf() {
  const store = createBreakGlassStore();
  for (const use of [older, others, open, justified, late]) breakGlassChanged(store, use);
  return store.getState();
}

describe('uses of break-glass', () => {
  it('stand in the inbox by when their justification is due, then the justified ones, newest first', () => {
    expect(breakGlassInbox(stateOf()).map(({ id }) => id)).toEqual(['late', 'open', 'others', 'justified', 'older']);
  });

  it('are due to whoever broke the glass', () => {
    expect(dueOf(stateOf(), 'user-1').map(({ id }) => id)).toEqual(['late', 'open']);
  });

  it('count as late by the clock, and never to oneself as a supervisor', () => {
    expect(unjustified(stateOf(), 'user-2', nowMs)).toEqual({ open: 2, overdue: 1 });
    expect(unjustified(stateOf(), 'user-1', nowMs)).toEqual({ open: 1, overdue: 0 });
  });

  it('run until they end or are ended', () => {
    expect(isStillRunning(open, nowMs)).toBe(false);
    expect(isStillRunning({ ...open, endsAt: '2026-01-05T12:00:01.000Z' }, nowMs)).toBe(true);
    expect(isStillRunning({ ...open, endsAt: '2026-01-05T13:00:00.000Z', endedAt: open.startedAt }, nowMs)).toBe(false);
  });
});

describe('dueWords', () => {
  it('says how long is left and how late it is', () => {
    expect(dueWords(open, nowMs)).toBe('due in 22 h 00');
    expect(dueWords(late, nowMs)).toBe('overdue for 2 h 00');
    expect(dueWords(justified, nowMs)).toBe('justified');
    expect([dueCountWords(1, 0), dueCountWords(3, 1)]).toEqual([
      '1 justification due',
      '3 justifications due, 1 overdue',
    ]);
  });
});
