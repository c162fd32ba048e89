import type { Priority } from '@commonsight/types/incident';
import type { Position } from '@commonsight/types/position';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { nearestCamera } from '../map/nearestCamera.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { Select } from '../ui/Select.tsx';
import { formatDistance } from './format.ts';
import { createIncident } from './incidentActs.ts';
import { priorities, priorityHints, priorityNames } from './incidentWords.ts';
import { placement } from './placement.ts';

/** Where `n` has no meaning, or one of its own. */
const busyElsewhere = '[role=dialog], [role=menu], [role=listbox]';

/**
 * The dialog that makes an incident. The list and the map both carry it, because either may be folded away; one of them
 * shows it.
 */
export function CreateIncidentDialog() {
  const id = useId();
  const isHost = useStore(placement.hosts, (hosts) => hosts[0] === id);
  useEffect(() => placement.hostMounted(id), [id]);
  return isHost ? <CreateIncidentForm /> : null;
}

/** Describes the incident whose place was chosen; without a map the place is that of a camera. */
function CreateIncidentForm() {
  const workspace = useWorkspace();
  const state = useStore(placement.store);
  useHotkeys('n', () => placement.start(), {
    enabled: state.state === 'idle',
    preventDefault: true,
    ignoreEventWhen: ({ target }) => target instanceof Element && target.closest(busyElsewhere) !== null,
  });
  const titleInput = useRef<HTMLInputElement>(null);
  const formId = useId();
  const [title, setTitle] = useState('');
  const [priority, setPriority] = useState<Priority>(2);
  const [cameraId, setCameraId] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const camera = useStore(workspace.cameras, ({ byId }) => (cameraId === null ? undefined : byId.get(cameraId)));
  const placed = state.state === 'describing' ? state.position : null;
  const position = placed ?? camera?.position ?? null;

  async function create(submit: FormEvent): Promise<void> {
    submit.preventDefault();
    if (position === null || title.trim() === '' || isBusy) return;
    setIsBusy(true);
    setError(null);
    const result = await createIncident(workspace, { title, priority, position });
    setIsBusy(false);
    if (result.state === 'failed') setError(result.error.message);
    if (result.state !== 'ok') return;
    setTitle('');
    setPriority(2);
    setCameraId(null);
    placement.cancel();
  }

  return (
    <Dialog
      isOpen={state.state === 'describing'}
      onClose={() => placement.cancel()}
      title="New incident"
      size="sm"
      initialFocus={titleInput}
      actions={
        <>
          <Button onClick={() => placement.cancel()}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form={formId}
            disabled={isBusy || title.trim() === '' || position === null}
          >
            Create incident
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(submit) => void create(submit)} className="flex flex-col gap-3">
        <Field
          ref={titleInput}
          label="Title"
          value={title}
          maxLength={120}
          placeholder="What happened, in a few words"
          autoComplete="off"
          onChange={({ target }) => setTitle(target.value)}
          error={error}
        />
        <Select
          label="Priority"
          value={String(priority)}
          onChange={(value) => setPriority(priorities.find((known) => String(known) === value) ?? 2)}
          options={priorities.map((value) => ({
            value: String(value),
            label: priorityNames[value],
            hint: priorityHints[value],
            symbol: <PrioritySymbol priority={value} isLabelled={false} />,
          }))}
        />
        {placed === null ? (
          <PlaceByCamera cameraId={cameraId} onChange={setCameraId} />
        ) : (
          <PlaceInWords position={placed} />
        )}
      </form>
    </Dialog>
  );
}

function PlaceInWords({ position }: { position: Position }) {
  const workspace = useWorkspace();
  const cameras = useStore(workspace.cameras, (state) => state.byId);
  const nearest = nearestCamera([...cameras.values()], position);
  const coordinates = `${position.latitude.toFixed(5)}, ${position.longitude.toFixed(5)}`;
  return (
    <div className="flex items-center gap-2">
      <p className="figures m-0 min-w-0 grow text-muted">
        <span className="block text-xs font-medium">Place</span>
        <span className="text-text">
          {nearest === null ? coordinates : `${formatDistance(nearest.distanceMetres)} from ${nearest.camera.name}`}
        </span>
      </p>
      <Button size="sm" onClick={() => placement.aimAgain()}>
        Move it
      </Button>
    </div>
  );
}

interface PlaceByCameraProps {
  cameraId: string | null;
  onChange: (cameraId: string) => void;
}

function PlaceByCamera({ cameraId, onChange }: PlaceByCameraProps) {
  const workspace = useWorkspace();
  const byId = useStore(workspace.cameras, (state) => state.byId);
  const order = useStore(workspace.cameras, (state) => state.order);
  return (
    <Select
      label="At camera"
      value={cameraId}
      onChange={onChange}
      options={order.flatMap((id) => {
        const camera = byId.get(id);
        return camera === undefined ? [] : [{ value: id, label: camera.name, hint: camera.siteName }];
      })}
    />
  );
}
