import type { Account } from '@commonsight/types/http/user-routes';
import { UserPlus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { InvitationLinkDialog } from './InvitationLinkDialog.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { PeopleTable } from './PeopleTable.tsx';
import { PeopleToolbar } from './PeopleToolbar.tsx';
import { PersonActDialog } from './PersonActDialog.tsx';
import type { PersonAct } from './personActs.ts';
import { type PeopleFilter, countStates, peopleRows } from './peopleRows.ts';
import { useAccounts } from './useAccounts.ts';

/** A link is shown in the dialog that stands after it was made, and nowhere else. */
type Open =
  | { dialog: 'invite' }
  | { dialog: 'act'; act: PersonAct; account: Account }
  | { dialog: 'link'; account: Account; link: string; endsAt: string };

export function People() {
  const { accounts, keep } = useAccounts();
  const [filter, setFilter] = useState<PeopleFilter>({ words: '', state: null });
  const [open, setOpen] = useState<Open | null>(null);
  const { clock } = useWorkspace();
  // Links work for days: when the page was opened is near enough.
  const [nowMs] = useState(() => clock.nowMs());

  if (accounts.state === 'loading') return <EmptyState title="Reading people…" />;
  if (accounts.state === 'failed') {
    return (
      <EmptyState title="The list could not be read" action={<Button onClick={accounts.retry}>Try again</Button>}>
        {accounts.message}
      </EmptyState>
    );
  }
  const rows = peopleRows(accounts.accounts, filter);
  const showLink = (made: { account: Account; link: string; endsAt: string }): void => {
    keep(made.account);
    setOpen({ dialog: 'link', ...made });
  };
  return (
    <>
      <PeopleToolbar
        filter={filter}
        onFilter={setFilter}
        counts={countStates(accounts.accounts)}
        total={accounts.accounts.length}
        onInvite={() => setOpen({ dialog: 'invite' })}
      />
      {rows.length > 0 ? (
        <PeopleTable rows={rows} nowMs={nowMs} onAct={(act, account) => setOpen({ dialog: 'act', act, account })} />
      ) : accounts.accounts.length > 0 ? (
        <EmptyState
          title="Nobody matches"
          action={<Button onClick={() => setFilter({ words: '', state: null })}>Show everybody</Button>}
        >
          Change the words or the state.
        </EmptyState>
      ) : (
        <EmptyState
          icon={<UsersRound aria-hidden />}
          title="There is nobody yet"
          action={
            <Button look="primary" onClick={() => setOpen({ dialog: 'invite' })}>
              <UserPlus className="size-4" aria-hidden />
              Invite somebody
            </Button>
          }
        >
          People are invited by a link with which they set their own password.
        </EmptyState>
      )}
      {open?.dialog === 'invite' ? <InviteDialog onInvited={showLink} onClose={() => setOpen(null)} /> : null}
      {open?.dialog === 'act' ? (
        <PersonActDialog
          act={open.act}
          account={open.account}
          onDone={(account) => {
            keep(account);
            setOpen(null);
          }}
          onLink={showLink}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open?.dialog === 'link' ? <InvitationLinkDialog {...open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
