import { routes } from '@commonsight/types/http/routes';
import type { SupervisedSession } from '@commonsight/types/session-board';
import { useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSend } from '../../ui/useSend.ts';

const maximumLength = 500;

/** Writes to an operator. */
export function MessageForm({ session: { user }, onDone }: { session: SupervisedSession; onDone: () => void }) {
  const textInput = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const { isBusy, error, send } = useSend();
  const ask = () => call(routes.sendMessage, { params: { id: user.id }, body: { text } });
  return (
    <FormDialog
      title={`Message to ${user.name}`}
      description="It shows in every window of this user until it is acknowledged, and stands in the audit log."
      submitLabel="Send message"
      isReady={!isBusy && text.trim() !== ''}
      initialFocus={textInput}
      onSubmit={() =>
        void send(ask, () => {
          tell(`The message to ${user.name} is sent. Here you see when it is acknowledged.`);
          onDone();
        })
      }
      onClose={onDone}
    >
      <TextField
        ref={textInput}
        label="Message"
        description={`${String(text.length)} of ${String(maximumLength)} characters`}
        value={text}
        maxLength={maximumLength}
        required
        onChange={({ target }) => setText(target.value)}
        error={error}
      />
    </FormDialog>
  );
}
