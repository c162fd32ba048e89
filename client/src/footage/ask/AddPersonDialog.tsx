import type { FootageRequest } from '@commonsight/types/footage';
import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { FormError } from '../../session/FormError.tsx';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useSend } from '../../ui/useSend.ts';

export interface AddPersonDialogProps {
  requestId: string;
  onAdded: (request: FootageRequest) => void;
  onClose: () => void;
}

/** Lets a colleague read a request and its files. */
export function AddPersonDialog({ requestId, onAdded, onClose }: AddPersonDialogProps) {
  const [email, setEmail] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const { isBusy, error, send } = useSend();
  return (
    <FormDialog
      title="Let a colleague read this request"
      description="They see how it stands and download its files, as you do. It cannot be taken back."
      submitLabel="Add the colleague"
      isReady={!isBusy && email.trim() !== ''}
      isSending={isBusy}
      initialFocus={field}
      onSubmit={() =>
        void send(
          () => call(footageRoutes.addFootagePerson, { params: { id: requestId }, body: { email: email.trim() } }),
          onAdded,
        )
      }
      onClose={onClose}
    >
      <Field
        ref={field}
        label="Email of the account"
        type="email"
        value={email}
        maxLength={200}
        required
        onChange={({ target }) => setEmail(target.value)}
      />
      <FormError>{error}</FormError>
    </FormDialog>
  );
}
