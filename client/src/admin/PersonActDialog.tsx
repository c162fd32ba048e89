import { type Account, userRoutes } from '@commonsight/types/http/user-routes';
import { call } from '../api/call.ts';
import { FormError } from '../session/FormError.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { tell } from '../ui/toast.tsx';
import { useSend } from '../ui/useSend.ts';
import { roleNames } from '../ui/words.ts';
import { actRoutes, actWords, type PersonAct } from './personActs.ts';

export interface PersonActDialogProps {
  act: PersonAct;
  account: Account;
  onDone: (account: Account) => void;
  onLink: (made: { account: Account; link: string; endsAt: string }) => void;
  onClose: () => void;
}

/** Says what an act will do, and does it. */
export function PersonActDialog({ act, account, onDone, onLink, onClose }: PersonActDialogProps) {
  const { isBusy, error, send } = useSend();
  const words = actWords[act];

  function run(): void {
    const params = { id: account.id };
    if (act === 'inviteAgain') {
      void send(() => call(userRoutes.renewInvitation, { params }), onLink);
      return;
    }
    void send(
      () => call(actRoutes[act], { params }),
      (changed) => {
        tell(words.done(account.name));
        onDone(changed);
      },
    );
  }

  return (
    <FormDialog
      title={words.title(account.name)}
      description={words.sentence}
      submitLabel={words.label}
      look={words.isDanger ? 'danger' : 'primary'}
      isReady={!isBusy}
      onSubmit={run}
      onClose={onClose}
    >
      <p className="m-0 wrap-anywhere text-muted">
        {account.email}, {roleNames[account.role].toLowerCase()}
      </p>
      <FormError>{error}</FormError>
    </FormDialog>
  );
}
