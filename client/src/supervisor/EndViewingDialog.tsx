import { routes } from '@commonsight/types/http/routes';
import type { SupervisedViewing } from '@commonsight/types/viewing';
import { type FormEvent, useId, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { viewingEnded } from '../state/viewings.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/Field.tsx';
import { tell } from '../ui/toast.tsx';
import { endReasonNames } from '../ui/words.ts';

export interface EndViewingDialogProps {
  viewing: SupervisedViewing;
  onClose: () => void;
}

/** Ends somebody's viewing. The reason is written into the audit and stands on their tile. */
export function EndViewingDialog({ viewing, onClose }: EndViewingDialogProps) {
  const workspace = useWorkspace();
  const reasonInput = useRef<HTMLTextAreaElement>(null);
  const formId = useId();
  const [note, setNote] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const hasEnded = viewing.endedAt !== null && !isBusy;

  async function end(submit: FormEvent): Promise<void> {
    submit.preventDefault();
    if (note.trim() === '' || isBusy) return;
    setIsBusy(true);
    setError(null);
    const result = await call(routes.endViewing, { params: { id: viewing.id }, body: { note } });
    if (result.state === 'ok') {
      viewingEnded(workspace.viewings, result.value);
      tell(`${viewing.user.name} no longer sees ${viewing.cameraName}.`);
      onClose();
      return;
    }
    setIsBusy(false);
    if (result.state === 'failed') setError(result.error.message);
  }

  if (hasEnded) {
    const reason = viewing.endReason === null ? 'It has ended' : endReasonNames[viewing.endReason];
    return (
      <Dialog
        isOpen
        onClose={onClose}
        size="sm"
        title="The viewing has ended already"
        description={`${viewing.user.name}, ${viewing.cameraName}: ${reason.toLowerCase()}.`}
        actions={<Button onClick={onClose}>Back to the list</Button>}
      />
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="sm"
      initialFocus={reasonInput}
      title={`End ${viewing.user.name}’s viewing?`}
      description={`${viewing.cameraName}, incident #${String(viewing.incidentNumber)}. The picture stops at once and your reason stands on the tile.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" type="submit" form={formId} disabled={isBusy || note.trim() === ''}>
            End viewing
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(submit) => void end(submit)}>
        <TextField
          ref={reasonInput}
          label="Reason"
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
