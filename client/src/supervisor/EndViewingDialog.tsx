import { routes } from '@commonsight/types/http/routes';
import type { SupervisedViewing } from '@commonsight/types/viewing';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { viewingEnded } from '../state/viewings.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { tell } from '../ui/toast.tsx';
import { endReasonNames } from '../ui/words.ts';

export interface EndViewingDialogProps {
  viewing: SupervisedViewing;
  onClose: () => void;
}

/** Ends somebody's viewing. The reason is written into the audit and stands on their tile. */
export function EndViewingDialog({ viewing, onClose }: EndViewingDialogProps) {
  const workspace = useWorkspace();
  const [isEnding, setIsEnding] = useState(false);

  async function end(note: string) {
    setIsEnding(true);
    const result = await call(routes.endViewing, { params: { id: viewing.id }, body: { note } });
    if (result.state !== 'ok') setIsEnding(false);
    return result;
  }

  if (viewing.endedAt !== null && !isEnding) {
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
    <ReasonDialog
      title={`End ${viewing.user.name}’s viewing?`}
      description={`${viewing.cameraName}, incident #${String(viewing.incidentNumber)}. The picture stops at once and your reason stands on the tile.`}
      submitLabel="End viewing"
      ask={end}
      onDone={(ended) => {
        viewingEnded(workspace.viewings, ended);
        tell(`${viewing.user.name} no longer sees ${viewing.cameraName}.`);
        onClose();
      }}
      onClose={onClose}
    />
  );
}
