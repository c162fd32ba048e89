import { type Account, userRoutes } from '@commonsight/types/http/user-routes';
import { useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { FormError } from '../session/FormError.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { tell } from '../ui/toast.tsx';
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
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const words = actWords[act];

  async function run(): Promise<void> {
    setIsBusy(true);
    setError(null);
    const params = { id: account.id };
    if (act === 'inviteAgain') {
      const result = await call(userRoutes.renewInvitation, { params });
      if (result.state === 'ok') onLink(result.value);
      else if (result.state === 'failed') setError(result.error.message);
    } else {
      const result = await call(actRoutes[act], { params });
      if (result.state === 'ok') {
        tell(words.done(account.name));
        onDone(result.value);
      } else if (result.state === 'failed') setError(result.error.message);
    }
    setIsBusy(false);
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="sm"
      initialFocus={button}
      title={words.title(account.name)}
      description={words.sentence}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            ref={button}
            look={words.isDanger ? 'danger' : 'primary'}
            disabled={isBusy}
            onClick={() => void run()}
          >
            {words.label}
          </Button>
        </>
      }
    >
      <p className="m-0 mb-2 wrap-anywhere text-muted">
        {account.email}, {roleNames[account.role].toLowerCase()}
      </p>
      <FormError>{error}</FormError>
    </Dialog>
  );
}
