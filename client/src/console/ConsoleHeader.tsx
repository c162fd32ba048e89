import type { Screen, Wall } from '@commonsight/types/wall';
import { Keyboard, PanelLeft, PanelRight, Search, Map as MapIcon, Undo2 } from 'lucide-react';
import { useStore } from 'zustand';
import { UserMenu } from '../app/UserMenu.tsx';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { JustificationReminder } from '../grant/JustificationReminder.tsx';
import { SupervisorReminder } from '../supervisor/SupervisorReminder.tsx';
import type { WallPresence } from '../state/wall.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { Logo } from '../ui/Logo.tsx';
import { MenuItem } from '../ui/Menu.tsx';
import { undo } from '../wall/wallActs.ts';
import { ConnectionBadge } from './ConnectionBadge.tsx';
import type { Panels } from './usePanels.ts';
import { LayoutButtons } from './LayoutButtons.tsx';
import { PresenceStack } from './PresenceStack.tsx';
import { ScreensMenu } from './ScreensMenu.tsx';
import { WallMenu } from './WallMenu.tsx';

export interface ConsoleHeaderProps {
  wall: Wall;
  screen: Screen;
  present: WallPresence;
  /** Null where the panels are tabs. */
  panels: Panels | null;
}

export function ConsoleHeader({ wall, screen, present, panels }: ConsoleHeaderProps) {
  const workspace = useWorkspace();
  const isTraining = useStore(workspace.config, (state) => state.isTraining);
  const findCamera = (): void => workspace.attention.setState({ openDialog: 'findCamera' });
  return (
    <header className="flex h-11 shrink-0 items-center gap-1.5 border-b border-line bg-surface-1 px-2.5">
      <Logo className="size-6" />
      <h1 className="m-0 text-base font-semibold tracking-tight text-text max-lg:sr-only">Commonsight</h1>
      {isTraining ? (
        <span className="rounded-sm px-1.5 py-0.5 text-2xs font-semibold tracking-wide text-warn uppercase inset-ring inset-ring-warn/50 max-md:hidden">
          Training
        </span>
      ) : null}
      <Divider />
      <WallMenu wall={wall} />
      <span className="contents max-md:hidden">
        <Divider />
        <LayoutButtons screen={screen} />
      </span>
      {workspace.can('wall.edit') ? (
        <IconButton label="Undo your last change" shortcut="U" onClick={() => void undo(workspace)}>
          <Undo2 aria-hidden />
        </IconButton>
      ) : null}
      <span className="contents max-md:hidden">
        <ScreensMenu wall={wall} screen={screen} present={present} />
      </span>
      <span className="grow" />
      <button
        type="button"
        onClick={findCamera}
        className="flex h-7.5 shrink-0 items-center gap-2 rounded-md bg-surface-0 px-2.5 text-subtle inset-ring inset-ring-line hover:text-muted hover:inset-ring-line-strong xl:w-52"
      >
        <Search className="size-3.5" aria-hidden />
        <span className="grow text-left max-xl:sr-only">Find camera</span>
        <span className="max-md:hidden">
          <Kbd>/</Kbd>
        </span>
      </button>
      <span className="contents max-md:hidden">
        <PresenceStack present={present} />
        {panels === null ? null : <PanelButtons panels={panels} />}
        <Divider />
      </span>
      <ConnectionBadge />
      <JustificationReminder />
      <SupervisorReminder />
      <UserMenu>
        <MenuItem
          icon={<Keyboard aria-hidden />}
          shortcut="?"
          onSelect={() => workspace.attention.setState({ openDialog: 'keys' })}
        >
          Keys
        </MenuItem>
      </UserMenu>
    </header>
  );
}

function PanelButtons({ panels }: { panels: Panels }) {
  return (
    <span className="flex shrink-0">
      <IconButton label="Incidents and cameras" isPressed={panels.isOpen.left} onClick={() => panels.toggle('left')}>
        <PanelLeft aria-hidden />
      </IconButton>
      <IconButton label="Map" isPressed={panels.isOpen.map} onClick={() => panels.toggle('map')}>
        <MapIcon aria-hidden />
      </IconButton>
      <IconButton label="Incident" isPressed={panels.isOpen.right} onClick={() => panels.toggle('right')}>
        <PanelRight aria-hidden />
      </IconButton>
    </span>
  );
}

function Divider() {
  return <span className="mx-1 h-5 w-px shrink-0 bg-line" aria-hidden />;
}
