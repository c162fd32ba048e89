import type { Account } from '@commonsight/types/http/user-routes';
import { useRef } from 'react';
import { formatExactTime } from '../incident/format.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';

export interface InvitationLinkDialogProps {
  account: Account;
  link: string;
  endsAt: string;
  onClose: () => void;
}

/** The one time that an invitation's link is seen. */
export function InvitationLinkDialog({ account, link, endsAt, onClose }: InvitationLinkDialogProps) {
  const copy = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      initialFocus={copy}
      title={`Link for ${account.name}`}
      description="It is shown this once. Give it to nobody else: who opens it first sets the password."
      actions={
        <>
          <Button onClick={onClose}>Done</Button>
          <CopyButton buttonRef={copy} text={link} label="Copy link" look="primary" />
        </>
      }
    >
      <Field
        label="Link"
        value={link}
        readOnly
        onFocus={({ target }) => target.select()}
        description={`Works once, until ${formatExactTime(endsAt)}. A lost link is replaced by a new one in the list.`}
      />
    </Dialog>
  );
}
