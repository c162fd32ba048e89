import { type Account, userRoutes } from '@commonsight/types/http/user-routes';
import type { Role } from '@commonsight/types/permission';
import { useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { FormError } from '../session/FormError.tsx';
import { textOf } from '../session/textOf.ts';
import { Field } from '../ui/Field.tsx';
import { FormDialog } from '../ui/FormDialog.tsx';
import { Select, type SelectOption } from '../ui/Select.tsx';
import { useSend } from '../ui/useSend.ts';
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
  const [role, setRole] = useState<Role>('analyst');
  const { isBusy, error, send } = useSend();
  const nameInput = useRef<HTMLInputElement>(null);

  function invite(fields: FormData): void {
    const body = { name: textOf(fields, 'name').trim(), email: textOf(fields, 'email').trim(), role };
    void send(() => call(userRoutes.inviteUser, { body }), onInvited);
  }

  return (
    <FormDialog
      title="Invite somebody"
      description="You get a link that works once, for 72 hours. With it the person sets a password."
      submitLabel="Make link"
      isReady={!isBusy}
      initialFocus={nameInput}
      onSubmit={invite}
      onClose={onClose}
    >
      <Field ref={nameInput} label="Name" name="name" required maxLength={80} autoComplete="off" />
      <Field label="Email" name="email" type="email" required maxLength={200} autoComplete="off" />
      <Select label="Role" value={role} options={roles} onChange={setRole} />
      <FormError>{error}</FormError>
    </FormDialog>
  );
}
