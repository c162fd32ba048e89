import { type ReactNode, useRef, useState } from 'react';
import type { CallResult } from '../api/CallResult.ts';
import { TextField } from './Field.tsx';
import { FormDialog } from './FormDialog.tsx';
import { useSend } from './useSend.ts';

export interface ReasonDialogProps<T> {
  title: string;
  /** What will happen. */
  description: ReactNode;
  submitLabel: string;
  /** Where the reason will stand. */
  reasonDescription?: string;
  ask: (note: string) => Promise<CallResult<T>>;
  onDone: (value: T) => void;
  onClose: () => void;
}

/** Asks for the reason of something grave, and does it. */
export function ReasonDialog<T>(props: ReasonDialogProps<T>) {
  const { title, description, submitLabel, reasonDescription, ask, onDone, onClose } = props;
  const reasonInput = useRef<HTMLTextAreaElement>(null);
  const [note, setNote] = useState('');
  const { isBusy, error, send } = useSend();
  return (
    <FormDialog
      title={title}
      description={description}
      submitLabel={submitLabel}
      look="danger"
      isReady={!isBusy && note.trim() !== ''}
      initialFocus={reasonInput}
      onSubmit={() => void send(() => ask(note), onDone)}
      onClose={onClose}
    >
      <TextField
        ref={reasonInput}
        label="Reason"
        description={reasonDescription}
        value={note}
        maxLength={300}
        required
        onChange={({ target }) => setNote(target.value)}
        error={error}
      />
    </FormDialog>
  );
}
