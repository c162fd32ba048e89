import type { Camera } from '@commonsight/types/camera';
import { Eye, LayoutGrid, Siren } from 'lucide-react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { modeSentences } from '../sharing/operatorWords.ts';
import { cameraHealth } from '../state/cameras.ts';
import { openIncidents } from '../state/incidents.ts';
import { currentScreen, slotForNewTile } from '../state/wall.ts';
import { Button } from '../ui/Button.tsx';
import { Menu, MenuItem } from '../ui/Menu.tsx';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { assignCamera, dockCameras } from '../wall/wallActs.ts';
import { CameraMarkSymbol } from './CameraMarkSymbol.tsx';
import { cameraMark } from './cameraMark.ts';
import { healthSentence } from './healthSentence.ts';

/** A camera in short, with what can be done with it: the keyboard's and the finger's twin of dragging its pin. */
export function CameraCard({ camera, onDone }: { camera: Camera; onDone: () => void }) {
  const nowMs = useServerNowMs();
  const health = cameraHealth(camera);
  const mark = cameraMark(camera);
  return (
    <div className="flex flex-col gap-2 p-3">
      <div className="flex items-baseline gap-2">
        <h3 className="m-0 min-w-0 grow text-base font-semibold break-words">{camera.name}</h3>
        <span className="figures shrink-0 text-xs text-muted">No. {camera.number}</span>
      </div>
      <p className="m-0 flex items-start gap-2">
        <CameraMarkSymbol mark={mark} className="mt-0.75" />
        <span className="figures min-w-0">
          {mark === 'notShared' ? modeSentences[camera.sharingMode] : healthSentence(health, nowMs)}
        </span>
      </p>
      <p className="m-0 flex items-start gap-2 text-muted">
        <Eye className="mt-0.5 size-3 shrink-0" aria-hidden />
        <span className="min-w-0">
          {camera.watchers.length === 0
            ? 'Nobody is watching.'
            : `Watching: ${camera.watchers.map(({ name }) => name).join(', ')}`}
        </span>
      </p>
      <p className="m-0 text-xs text-subtle">{camera.siteName}</p>
      <CameraActs camera={camera} onDone={onDone} />
    </div>
  );
}

function CameraActs({ camera, onDone }: { camera: Camera; onDone: () => void }) {
  const workspace = useWorkspace();
  const screen = currentScreen(useStore(workspace.wall.store));
  const selectedSlot = useStore(workspace.attention, (state) => state.selectedSlot);
  const selectedIncidentId = useStore(workspace.attention, (state) => state.selectedIncidentId);
  const incidents = openIncidents(useStore(workspace.incidents));
  const first =
    incidents.find(({ id }) => id === selectedIncidentId) ?? (incidents.length === 1 ? incidents[0] : undefined);
  const canShow = screen !== null && workspace.can('wall.edit');
  const canAdd = incidents.length > 0 && workspace.can('incident.edit');
  if (!canShow && !canAdd) return null;

  const add = (incidentId: string): void => {
    void dockCameras(workspace, incidentId, [camera.id]);
    onDone();
  };
  return (
    <div className="flex flex-wrap gap-2 pt-1">
      {canShow ? (
        <Button
          look="primary"
          onClick={() => {
            void assignCamera(workspace, camera.id);
            onDone();
          }}
        >
          <LayoutGrid className="size-3.5" aria-hidden />
          Show on tile {slotForNewTile(screen, selectedSlot)}
        </Button>
      ) : null}
      {canAdd && first !== undefined ? (
        <Button onClick={() => add(first.id)}>
          <Siren className="size-3.5" aria-hidden />
          Add to incident #{first.number}
        </Button>
      ) : null}
      {canAdd && first === undefined ? (
        <Menu
          trigger={
            <Button>
              <Siren className="size-3.5" aria-hidden />
              Add to incident
            </Button>
          }
        >
          {incidents.map((incident) => (
            <MenuItem
              key={incident.id}
              icon={<PrioritySymbol priority={incident.priority} />}
              onSelect={() => add(incident.id)}
            >
              #{incident.number} {incident.title}
            </MenuItem>
          ))}
        </Menu>
      ) : null}
    </div>
  );
}
