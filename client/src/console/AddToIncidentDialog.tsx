import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { openIncidents } from '../state/incidents.ts';
import { currentScreen, tileOnSlot } from '../state/wall.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { dockCameras } from '../wall/wallActs.ts';

/** Chooses the incident that the selected tile's camera is added to. */
export function AddToIncidentDialog() {
  const workspace = useWorkspace();
  const { openDialog, selectedSlot } = useStore(workspace.attention);
  const screen = currentScreen(useStore(workspace.wall.store));
  const incidents = openIncidents(useStore(workspace.incidents));
  const tile = screen === null || selectedSlot === null ? null : tileOnSlot(screen, selectedSlot);
  const camera = useStore(workspace.cameras, (state) => state.byId.get(tile?.cameraId ?? ''));
  const close = (): void => workspace.attention.setState({ openDialog: null });
  return (
    <Dialog
      isOpen={openDialog === 'addToIncident' && tile !== null}
      onClose={close}
      title={`Add ${camera?.name ?? 'the camera'} to an incident`}
      description="It joins the incident’s cameras, and its tile joins the incident’s tile group."
    >
      <ul className="m-0 flex list-none flex-col gap-1 p-0">
        {incidents.map((incident) => (
          <li key={incident.id}>
            <button
              type="button"
              disabled={tile?.incidentId === incident.id}
              onClick={() => {
                close();
                if (tile !== null) void dockCameras(workspace, incident.id, [tile.cameraId]);
              }}
              className="flex w-full items-center gap-2.5 rounded-md px-2 py-2 text-left hover:bg-surface-3 disabled:opacity-50"
            >
              <PrioritySymbol priority={incident.priority} />
              <span className="figures text-muted">#{incident.number}</span>
              <span className="min-w-0 grow truncate">{incident.title}</span>
              {tile?.incidentId === incident.id ? <span className="text-xs text-muted">already there</span> : null}
            </button>
          </li>
        ))}
      </ul>
      {incidents.length === 0 ? <p className="m-0 text-muted">No incident is open. Make one on the map.</p> : null}
    </Dialog>
  );
}
