import { rolePermissions, type Role } from '@commonsight/types/permission';
import { expect, test } from 'vitest';
import { pages, pagesFor } from './pages.ts';

const namesFor = (role: Role) =>
  pagesFor((permission) => rolePermissions[role].includes(permission)).map(({ label }) => label);

test('an operator searches, and reaches the policy and the own account', () => {
  for (const role of ['analyst', 'dispatcher'] as const) {
    expect(namesFor(role)).toEqual(['What saw this?', 'Footage requests', 'Policy', 'Your account']);
  }
});

test('each office sees its own pages', () => {
  expect(namesFor('auditor')).toEqual(['Audit log', 'Policy', 'Your account']);
  expect(namesFor('supervisor')).toEqual(
    expect.arrayContaining(['Supervise viewings', 'Working hours', 'Withheld numbers']),
  );
  expect(namesFor('administrator')).toEqual(expect.arrayContaining(['People', 'Links for owners']));
  expect(namesFor('administrator')).not.toContain('Supervise viewings');
});

test('there is nobody who reaches every page', () => {
  for (const role of ['supervisor', 'administrator', 'auditor'] as const) {
    expect(namesFor(role).length).toBeLessThan(pages.length);
  }
});
