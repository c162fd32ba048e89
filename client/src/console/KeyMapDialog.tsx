import type { Permission } from '@commonsight/types/permission';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';

interface KeyLine {
  keys: readonly string[];
  does: string;
  /** Not shown to who lacks it. */
  permission?: Permission;
}

const groups: readonly { title: string; keys: readonly KeyLine[] }[] = [
  {
    title: 'Tiles',
    keys: [
      { keys: ['1', '…', '9'], does: 'Select a tile; two digits for 10 to 16' },
      { keys: ['←', '→', '↑', '↓'], does: 'Move the selection' },
      { keys: ['/'], does: 'Find a camera for the selected tile' },
      { keys: ['F'], does: 'Maximise the tile, and back (also Enter)' },
      { keys: ['M'], does: 'Move the tile: choose where, then Enter' },
      { keys: ['I'], does: 'Add the tile’s camera to an incident' },
      { keys: ['G'], does: 'Renew access for the tile or the open incident', permission: 'grant.request' },
      { keys: ['Del'], does: 'Clear the tile' },
    ],
  },
  {
    title: 'Wall',
    keys: [
      { keys: ['L', '1'], does: 'Layout of 1 tile' },
      { keys: ['L', '4'], does: 'Layout of 4 tiles' },
      { keys: ['L', '9'], does: 'Layout of 9 tiles' },
      { keys: ['L', '6'], does: 'Layout of 16 tiles' },
      { keys: ['L', '5'], does: 'Layout of 1 large and 5 tiles' },
      { keys: ['N'], does: 'Open an incident on the map', permission: 'incident.create' },
      { keys: ['U'], does: 'Undo your last change (also Ctrl+Z)' },
      { keys: ['Esc'], does: 'Leave what was begun' },
      { keys: ['Ctrl', '⇧', 'L'], does: 'Lock this session now' },
      { keys: ['?'], does: 'This list' },
    ],
  },
];

export function KeyMapDialog() {
  const workspace = useWorkspace();
  const { attention } = workspace;
  const isForMe = ({ permission }: KeyLine) => permission === undefined || workspace.can(permission);
  const isOpen = useStore(attention, (state) => state.openDialog === 'keys');
  return (
    <Dialog isOpen={isOpen} onClose={() => attention.setState({ openDialog: null })} title="Keys" size="lg">
      <div className="grid gap-6 sm:grid-cols-2">
        {groups.map(({ title, keys }) => (
          <section key={title} aria-label={title}>
            <h3 className="mt-0 mb-2 text-2xs font-semibold tracking-wide text-muted uppercase">{title}</h3>
            <dl className="m-0 flex flex-col gap-2">
              {keys.filter(isForMe).map(({ keys: pressed, does }) => (
                <div key={does} className="flex items-center gap-3">
                  <dt className="flex w-22 shrink-0 gap-1">
                    {pressed.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd className="m-0 text-text">{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
