import { endsAlert } from '@commonsight/types/alert';
import type { Disposition, Incident } from '@commonsight/types/incident';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { isRunning } from '../state/alerts.ts';
import { runningGrants } from '../state/grants.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Select } from '../ui/Select.tsx';
import { formatCount } from './format.ts';
import { closeIncident } from './incidentActs.ts';
import { groupTiles } from './incidentCameras.ts';
import { dispositionHints, dispositionNames, dispositions } from './incidentWords.ts';

export interface CloseIncidentDialogProps {
  incident: Incident;
  isOpen: boolean;
  onClose: () => void;
}

/** Asks how the incident ended, and says first what its closing ends. */
export function CloseIncidentDialog({ incident, isOpen, onClose }: CloseIncidentDialogProps) {
  const workspace = useWorkspace();
  const [disposition, setDisposition] = useState<Disposition>('resolved');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function close(): Promise<void> {
    setIsBusy(true);
    setError(null);
    const result = await closeIncident(workspace, incident.id, disposition);
    setIsBusy(false);
    if (result.state === 'ok') onClose();
    else if (result.state === 'failed') setError(result.error.message);
  }

  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Close incident #${String(incident.number)}`}
      description="Every grant and every viewing of the incident ends, for everybody. It cannot be opened again."
      size="sm"
      actions={
        <>
          <Button onClick={onClose}>Keep open</Button>
          <Button look="danger" disabled={isBusy} onClick={() => void close()}>
            Close incident
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {isOpen ? <WhatEnds incident={incident} disposition={disposition} /> : null}
        <Select<Disposition>
          label="Disposition"
          value={disposition}
          onChange={setDisposition}
          options={dispositions.map((value) => ({
            value,
            label: dispositionNames[value],
            hint: dispositionHints[value],
          }))}
        />
        {error === null ? null : (
          <p role="alert" className="m-0 text-[#ff8a80]">
            Not closed: {error}
          </p>
        )}
      </div>
    </Dialog>
  );
}

/** What this window knows of that will end; the server ends the rest as well. */
function WhatEnds({ incident, disposition }: { incident: Incident; disposition: Disposition }) {
  const workspace = useWorkspace();
  const grants = useStore(workspace.grants);
  const cameras = useStore(workspace.cameras, (state) => state.byId);
  const wallState = useStore(workspace.wall.store);
  const alerts = useStore(workspace.alerts, (state) => state.byId);
  const granted = new Set(
    runningGrants(grants, incident.id, workspace.clock.nowMs()).flatMap((grant) => grant.cameraIds),
  );
  const tileCount = wallState.state === 'joined' ? groupTiles(wallState.wall, incident.id).length : 0;
  const watchers = new Map(
    incident.cameraIds.flatMap((id) => cameras.get(id)?.watchers ?? []).map(({ userId, name }) => [userId, name]),
  );
  const ofIncident = [...alerts.values()].filter(
    (alert) => alert.incidentId === incident.id && isRunning(alert, workspace.clock.nowMs()),
  );
  const lines = [
    ...ofIncident.map(({ siteName }) =>
      endsAlert({ disposition })
        ? `The owner’s alert at ${siteName} ends: its cameras close for everybody.`
        : `The owner’s alert at ${siteName} goes on, and can be answered anew.`,
    ),
    ...(watchers.size > 0 ? [`Watching its cameras now: ${[...watchers.values()].join(', ')}.`] : []),
    ...(granted.size === 0 ? [] : [`Your access to ${formatCount(granted.size, 'camera')} ends.`]),
    ...(tileCount > 0
      ? [`${formatCount(tileCount, 'tile')} of this wall ${tileCount === 1 ? 'loses its' : 'lose their'} picture.`]
      : []),
  ];
  if (lines.length === 0) return <p className="m-0 text-muted">Nobody is watching its cameras now.</p>;
  return (
    <ul className="m-0 flex list-none flex-col gap-1 rounded-md bg-surface-1 p-3">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
