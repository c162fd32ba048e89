import { describe, expect, it } from 'vitest';
import { anAccount } from '../testing/records.ts';
import { countStates, peopleRows, stateMoment } from './peopleRows.ts';

const people = [
  anAccount({ name: 'Zoe Adams', role: 'supervisor', email: 'zoe@lakeport.example' }),
  anAccount({ name: 'Ana Ruiz' }),
  anAccount({ name: 'Max Locked', state: 'locked', lockedAt: '2026-01-02T00:00:00.000Z' }),
  anAccount({ name: 'Ned New', state: 'invited', invitationEndsAt: '2026-01-03T00:00:00.000Z' }),
];

describe('peopleRows', () => {
  it('puts who is locked first and the others by name', () => {
    const names = peopleRows(people, { words: '', state: null }).map((row) => row.name);
    expect(names).toEqual(['Max Locked', 'Ana Ruiz', 'Ned New', 'Zoe Adams']);
  });

  it('finds by every word, in name, email and role', () => {
    expect(peopleRows(people, { words: 'supervisor ZOE@', state: null }).map((row) => row.name)).toEqual(['Zoe Adams']);
    expect(peopleRows(people, { words: 'supervisor ana', state: null })).toEqual([]);
    expect(peopleRows(people, { words: '', state: 'invited' }).map((row) => row.name)).toEqual(['Ned New']);
  });

  it('counts states', () => {
    expect(countStates(people)).toEqual({ active: 2, invited: 1, locked: 1, disabled: 0 });
  });
});

describe('stateMoment', () => {
  it('says when a link is too old', () => {
    const invited = anAccount({ state: 'invited', invitationEndsAt: '2026-01-03T00:00:00.000Z' });
    expect(stateMoment(invited, Date.parse('2026-01-02T00:00:00.000Z')).words).toBe('link works until');
    expect(stateMoment(invited, Date.parse('2026-01-03T00:00:00.000Z'))).toEqual({
      words: 'link is too old',
      moment: null,
    });
  });
});
