import { type Account, userRoutes } from '@commonsight/types/http/user-routes';
import type { Role } from '@commonsight/types/permission';
import { type FormEvent, useId, useState } from 'react';
import { call } from '../api/call.ts';
import { FormError } from '../session/FormError.tsx';
import { textOf } from '../session/textOf.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { Select, type SelectOption } from '../ui/Select.tsx';
import { roleNames } from '../ui/words.ts';

const roles: readonly SelectOption<Role>[] = [
  { value: 'analyst', label: roleNames.analyst, hint: 'Watches for open incidents' },
  { value: 'dispatcher', label: roleNames.dispatcher, hint: 'Also makes and closes incidents' },
  { value: 'supervisor', label: roleNames.supervisor, hint: 'Also sees and ends viewings' },
  { value: 'administrator', label: roleNames.administrator, hint: 'Users, sites and relays, no video' },
];

export interface InviteDialogProps {
  onInvited: (made: { account: Account; link: string; endsAt: string }) => void;
  onClose: () => void;
}

/** Makes an account for somebody, who sets the password by a link. */
export function InviteDialog({ onInvited, onClose }: InviteDialogProps) {
  const formId = useId();
  const [role, setRole] = useState<Role>('analyst');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function invite(submitted: FormEvent<HTMLFormElement>): Promise<void> {
    submitted.preventDefault();
    const fields = new FormData(submitted.currentTarget);
    setIsBusy(true);
    setError(null);
    const body = { name: textOf(fields, 'name').trim(), email: textOf(fields, 'email').trim(), role };
    const result = await call(userRoutes.inviteUser, { body });
    setIsBusy(false);
    if (result.state === 'ok') onInvited(result.value);
    else if (result.state === 'failed') setError(result.error.message);
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="sm"
      title="Invite somebody"
      description="You get a link that works once, for 72 hours. With it the person sets a password."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={formId} disabled={isBusy}>
            Make link
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(submitted) => void invite(submitted)} className="flex flex-col gap-3">
        <Field label="Name" name="name" required maxLength={80} autoComplete="off" />
        <Field label="Email" name="email" type="email" required maxLength={200} autoComplete="off" />
        <Select label="Role" value={role} options={roles} onChange={setRole} />
        <FormError>{error}</FormError>
      </form>
    </Dialog>
  );
}
