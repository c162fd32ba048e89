import type { Account } from '@commonsight/types/http/user-routes';
import type { StatusKind } from '../ui/StatusSymbol.tsx';
import { roleNames } from '../ui/words.ts';

export type AccountState = Account['state'];

export interface PeopleFilter {
  words: string;
  /** Null: whatever their state. */
  state: AccountState | null;
}

export const accountStates: readonly AccountState[] = ['active', 'invited', 'locked', 'disabled'];

export const stateNames: Readonly<Record<AccountState, string>> = {
  active: 'Active',
  invited: 'Invited',
  locked: 'Locked',
  disabled: 'Disabled',
};

export const stateSymbols: Readonly<Record<AccountState, StatusKind>> = {
  active: 'live',
  invited: 'waiting',
  locked: 'warn',
  disabled: 'off',
};

/** Who matches every word by name, email or role; who waits for a release stands first. */
export function peopleRows(accounts: readonly Account[], filter: PeopleFilter): Account[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = accounts.filter((account) => {
    if (filter.state !== null && account.state !== filter.state) return false;
    const text = `${account.name} ${account.email} ${roleNames[account.role]}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return rows.toSorted(
    (a, b) => Number(b.state === 'locked') - Number(a.state === 'locked') || a.name.localeCompare(b.name),
  );
}

export function countStates(accounts: readonly Account[]): Record<AccountState, number> {
  const counts = { active: 0, invited: 0, locked: 0, disabled: 0 };
  for (const { state } of accounts) counts[state] += 1;
  return counts;
}

/** What stands under a person's state: since when, or until when. Times are epoch milliseconds of the server's clock. */
export function stateMoment(account: Account, nowMs: number): { words: string; moment: string | null } {
  switch (account.state) {
    case 'invited': {
      const { invitationEndsAt } = account;
      if (invitationEndsAt === null || Date.parse(invitationEndsAt) <= nowMs) {
        return { words: 'link is too old', moment: null };
      }
      return { words: 'link works until', moment: invitationEndsAt };
    }
    case 'locked':
      return { words: 'since', moment: account.lockedAt };
    case 'disabled':
      return { words: 'since', moment: account.disabledAt };
    case 'active':
      return account.lastSignInAt === null
        ? { words: 'has not signed in yet', moment: null }
        : { words: 'last signed in', moment: account.lastSignInAt };
    default:
      return account.state satisfies never;
  }
}
