import { expect, test } from 'vitest';
import type { WallPresence } from '../state/wall.ts';
import { supervisorsOn, watchedWords } from './watchedWords.ts';

const sam = { id: 'sam', name: 'Sam Okafor', role: 'supervisor' } as const;
const lea = { id: 'lea', name: 'Lea Brandt', role: 'supervisor' } as const;
const ana = { id: 'ana', name: 'Ana Ruiz', role: 'analyst' } as const;

const wordsOf = (present: WallPresence, ownId = 'ana') => watchedWords(supervisorsOn(present, ownId));

test('WAL7 whoever supervises shows, with a screen of the wall or without', () => {
  expect(wordsOf([{ user: ana, screen: 1 }])).toBe('');
  expect(wordsOf([{ user: sam, screen: null }])).toBe('Supervisor Sam Okafor is watching this wall.');
  expect(wordsOf([{ user: sam, screen: 2 }])).toBe('Supervisor Sam Okafor is watching this wall.');
});

test('several are named once each, and oneself is not', () => {
  const present = [
    { user: sam, screen: null },
    { user: sam, screen: 1 },
    { user: lea, screen: null },
  ];
  expect(wordsOf(present)).toBe('Supervisors Lea Brandt and Sam Okafor are watching this wall.');
  expect(wordsOf(present, 'sam')).toBe('Supervisor Lea Brandt is watching this wall.');
});
