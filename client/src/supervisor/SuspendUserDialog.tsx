import { routes } from '@commonsight/types/http/routes';
import type { User } from '@commonsight/types/user';
import { type FormEvent, useId, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/Field.tsx';
import { tell } from '../ui/toast.tsx';

export interface SuspendUserDialogProps {
  user: User;
  onClose: () => void;
}

/** Stops somebody now: the account is disabled, and with it sessions and viewings end. */
export function SuspendUserDialog({ user, onClose }: SuspendUserDialogProps) {
  const reasonInput = useRef<HTMLTextAreaElement>(null);
  const formId = useId();
  const [note, setNote] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function suspend(submit: FormEvent): Promise<void> {
    submit.preventDefault();
    if (note.trim() === '' || isBusy) return;
    setIsBusy(true);
    setError(null);
    const result = await call(routes.suspendUser, { params: { id: user.id }, body: { note } });
    setIsBusy(false);
    if (result.state === 'failed') setError(result.error.message);
    if (result.state !== 'ok') return;
    tell(`${user.name}’s account is disabled.`);
    onClose();
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="sm"
      initialFocus={reasonInput}
      title={`Disable ${user.name}’s account?`}
      description="Every session and every picture of this user ends at once. An administrator can enable the account again."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" type="submit" form={formId} disabled={isBusy || note.trim() === ''}>
            Disable user
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(submit) => void suspend(submit)}>
        <TextField
          ref={reasonInput}
          label="Reason"
          description="It stands in the audit log."
          value={note}
          maxLength={300}
          required
          onChange={({ target }) => setNote(target.value)}
          error={error}
        />
      </form>
    </Dialog>
  );
}
