import type { WallPresence } from '../state/wall.ts';
import type { Screen, Wall } from '@commonsight/types/wall';
import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, ExternalLink, MonitorUp, Plus } from 'lucide-react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { Button } from '../ui/Button.tsx';
import { Menu, MenuGroup, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { addScreen } from '../wall/wallActs.ts';

const mostScreens = 8;

export interface ScreensMenuProps {
  wall: Wall;
  screen: Screen;
  present: WallPresence;
}

/** The wall's screens: shown here, opened in a window of their own, and one more. */
export function ScreensMenu({ wall, screen, present }: ScreensMenuProps) {
  const workspace = useWorkspace();
  const navigate = useNavigate();

  const showHere = (number: number): void =>
    void navigate({ to: '/wall/$wallId', params: { wallId: wall.id }, search: number === 1 ? {} : { screen: number } });

  async function add(): Promise<void> {
    const number = await addScreen(workspace, screen.layout);
    if (number !== null) openWindow(wall.id, number);
  }

  return (
    <Menu
      trigger={
        <Button look="quiet">
          <MonitorUp className="size-4" aria-hidden />
          <span className="max-xl:sr-only">Screens</span>
          <span className="figures text-text">{wall.screens.length}</span>
          <ChevronDown className="size-3.5" aria-hidden />
        </Button>
      }
    >
      <MenuGroup label="Show here">
        {wall.screens.map(({ number, tiles }) => (
          <MenuItem
            key={number}
            isChecked={number === screen.number}
            onSelect={() => showHere(number)}
            hint={watching(present, number) ?? (tiles.length === 1 ? '1 tile' : `${tiles.length} tiles`)}
          >
            Screen {number}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuGroup label="Open in a new window">
        {wall.screens.map(({ number }) => (
          <MenuItem key={number} icon={<ExternalLink aria-hidden />} onSelect={() => openWindow(wall.id, number)}>
            Open screen {number}
          </MenuItem>
        ))}
      </MenuGroup>
      {workspace.can('wall.edit') ? (
        <>
          <MenuSeparator />
          <MenuItem
            icon={<Plus aria-hidden />}
            isDisabled={wall.screens.length >= mostScreens}
            onSelect={() => void add()}
          >
            Add screen
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}

function openWindow(wallId: string, number: number): void {
  window.open(`/wall/${wallId}/screen/${number}`, `${wallId}-${number}`, 'popup,width=1280,height=720');
}

function watching(present: WallPresence, screen: number): string | null {
  const count = present.filter((one) => one.screen === screen).length;
  return count === 0 ? null : `open in ${count} ${count === 1 ? 'window' : 'windows'}`;
}
