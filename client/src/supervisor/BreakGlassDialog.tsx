import type { BreakGlass } from '@commonsight/types/grant-request';
import { routes } from '@commonsight/types/http/routes';
import { useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { dueWords } from '../grant/dueWords.ts';
import { usePurposeName } from '../grant/usePurposeName.ts';
import { formatExactTime } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { breakGlassChanged, isStillRunning } from '../state/breakGlass.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/Field.tsx';
import { tell } from '../ui/toast.tsx';
import { roleNames } from '../ui/words.ts';
import { cameraNames } from './cameraNames.ts';
import { Facts } from '../ui/Facts.tsx';

export interface BreakGlassDialogProps {
  use: BreakGlass;
  onClose: () => void;
}

/** One use of break-glass: who, on what, why; and the way to end it while it runs. */
export function BreakGlassDialog({ use, onClose }: BreakGlassDialogProps) {
  const workspace = useWorkspace();
  const nowMs = useServerNowMs();
  const purposeName = usePurposeName();
  const cameras = useStore(workspace.cameras, (state) => state.byId);
  const [note, setNote] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isRunning = isStillRunning(use, nowMs);
  const mayEnd = isRunning && use.user.id !== workspace.me.user.id && workspace.can('grant.revoke');

  async function end(): Promise<void> {
    if (note.trim() === '') {
      setError('Say why. Who looks reads it on the tile.');
      return;
    }
    setIsBusy(true);
    setError(null);
    const result = await call(routes.revokeGrant, { params: { id: use.id }, body: { note: note.trim() } });
    setIsBusy(false);
    if (result.state === 'failed') setError(result.error.message);
    if (result.state !== 'ok') return;
    breakGlassChanged(workspace.breakGlass, { ...use, endedAt: result.value.endedAt });
    tell(`${use.user.name}’s access is ended.`);
    onClose();
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${use.user.name} broke the glass`}
      description={`Incident #${use.incidentNumber}, ${use.incidentTitle}. ${purposeName(use.purpose)}.`}
      actions={
        <>
          <Button onClick={onClose}>Back to the list</Button>
          {mayEnd ? (
            <Button look="danger" disabled={isBusy} onClick={() => void end()}>
              End access
            </Button>
          ) : null}
        </>
      }
    >
      <Facts
        facts={[
          ['Role', roleNames[use.user.role]],
          ['Cameras', cameraNames(use.cameraIds, cameras)],
          ['Began', formatExactTime(use.startedAt)],
          [isRunning ? 'Ends' : 'Ended', formatExactTime(isRunning ? use.endsAt : (use.endedAt ?? use.endsAt))],
          ['Justification', justificationWords(use, nowMs)],
        ]}
      />
      {use.justification === null ? null : (
        <blockquote className="mx-0 mt-3 mb-0 rounded-md bg-surface-3 px-3 py-2 break-words whitespace-pre-line">
          {use.justification}
        </blockquote>
      )}
      {mayEnd ? (
        <div className="mt-4">
          <TextField
            label="Reason to end it now"
            description="Who looks reads it on the tile, and it stands in the audit log."
            value={note}
            maxLength={500}
            onChange={({ target }) => setNote(target.value)}
            error={error}
          />
        </div>
      ) : null}
    </Dialog>
  );
}

function justificationWords(use: BreakGlass, nowMs: number): string {
  if (use.justifiedAt === null) return `Not written yet, ${dueWords(use, nowMs)}`;
  const isLate = use.justifiedAt > use.dueAt;
  return `Written ${formatExactTime(use.justifiedAt)}${isLate ? ', late' : ''}`;
}
