import type { User } from '@commonsight/types/user';
import type { WallPresence } from '../state/wall.ts';

/** Other supervisors who have the wall open, on a screen of it or without one, each once. */
export function supervisorsOn(present: WallPresence, ownUserId: string): User[] {
  const supervisors = present
    .map(({ user }) => user)
    .filter(({ id, role }) => role === 'supervisor' && id !== ownUserId);
  return [...new Map(supervisors.map((user) => [user.id, user])).values()].toSorted((a, b) =>
    a.name.localeCompare(b.name),
  );
}

/** Empty when nobody is. */
export function watchedWords(supervisors: readonly User[]): string {
  const names = new Intl.ListFormat('en').format(supervisors.map(({ name }) => name));
  if (supervisors.length === 0) return '';
  return supervisors.length === 1
    ? `Supervisor ${names} is watching this wall.`
    : `Supervisors ${names} are watching this wall.`;
}
