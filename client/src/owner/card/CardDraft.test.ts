import { expect, test } from 'vitest';
import { type CardDraft, draftOf, mergeDrafts } from './CardDraft.ts';

const contact = { name: 'Rosa Iyer', role: '', phone: '+1 414 555 0100' };
const base: CardDraft = { version: 1, contacts: [contact], notes: 'old', keptPlan: 'a', newPlan: null };
const theirs: CardDraft = { version: 2, contacts: [], notes: 'theirs', keptPlan: 'b', newPlan: null };

test('what was not changed here is what the other device saved', () => {
  expect(mergeDrafts(base, base, theirs)).toEqual(theirs);
});

test('what was changed here stays, and stands on the other one’s version', () => {
  const newPlan = new Uint8Array([1]);
  expect(mergeDrafts(base, { ...base, notes: 'own' }, theirs)).toEqual({ ...theirs, notes: 'own' });
  expect(mergeDrafts(base, { ...base, contacts: [contact, contact] }, theirs).contacts).toHaveLength(2);
  expect(mergeDrafts(base, { ...base, newPlan }, theirs)).toMatchObject({ version: 2, newPlan });
});

test('a floor plan that was removed here is removed, and one that was never here is not', () => {
  expect(mergeDrafts(base, { ...base, keptPlan: null }, theirs).keptPlan).toBeNull();
  const without = { ...base, keptPlan: null };
  expect(mergeDrafts(without, { ...without, notes: 'own' }, theirs).keptPlan).toBe('b');
});

test('a site without a card begins at the first version', () => {
  expect(draftOf(null)).toEqual({ version: 0, contacts: [], notes: '', keptPlan: null, newPlan: null });
});
