import { type Account, userRoutes } from '@commonsight/types/http/user-routes';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useRead } from '../incident/useRead.ts';

export type Accounts =
  | { state: 'loading' }
  | { state: 'loaded'; accounts: readonly Account[] }
  | { state: 'failed'; message: string; retry: () => void };

export interface AccountsControl {
  accounts: Accounts;
  /** An act has brought this account to date, or made it. */
  keep: (account: Account) => void;
}

const readAccounts = () => call(userRoutes.listUsers);

/** The agency's accounts, read once and kept with what every act answers. */
export function useAccounts(): AccountsControl {
  const read = useRead(readAccounts);
  const [kept, setKept] = useState<ReadonlyMap<string, Account>>(new Map());
  const keep = (account: Account): void => setKept((before) => new Map(before).set(account.id, account));
  if (read.state === 'failed') return { accounts: read, keep };
  if (read.state !== 'loaded') return { accounts: { state: 'loading' }, keep };
  const together = new Map(read.value.users.map((account) => [account.id, account]));
  for (const account of kept.values()) together.set(account.id, account);
  return { accounts: { state: 'loaded', accounts: [...together.values()] }, keep };
}
