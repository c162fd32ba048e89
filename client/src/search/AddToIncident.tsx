import type { Incident } from '@commonsight/types/incident';
import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { Button } from '../ui/Button.tsx';
import { dockCameras } from '../wall/wallActs.ts';
import type { LiveSource } from './sourceWords.ts';

/** Makes a found live camera one of the incident's, where its tiles are taken from. Nothing for one that is never seen live. */
export function AddToIncident({ source, incident }: { source: LiveSource; incident: Incident }) {
  const workspace = useWorkspace();
  const [isBusy, setIsBusy] = useState(false);
  const isSeen = source.sharingMode === 'always' || source.sharingMode === 'onAlert';
  if (!isSeen || incident.closedAt !== null || !workspace.can('incident.edit')) return null;
  const where = `#${String(incident.number)}`;
  const isAdded = incident.cameraIds.includes(source.id);
  const words = `${isAdded ? 'In' : 'Add to'} ${where}`;
  const add = async (): Promise<void> => {
    setIsBusy(true);
    await dockCameras(workspace, incident.id, [source.id]);
    setIsBusy(false);
  };
  // It keeps the focus, so that who works by keyboard goes on from here.
  return (
    <Button
      size="sm"
      look={isAdded ? 'quiet' : 'secondary'}
      focusableWhenDisabled
      disabled={isAdded || isBusy}
      aria-label={`${words}: ${source.name}`}
      onClick={() => void add()}
    >
      {isAdded ? <Check className="size-3.5 text-live" aria-hidden /> : <Plus className="size-3.5" aria-hidden />}
      {words}
    </Button>
  );
}
