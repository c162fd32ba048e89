import { routes } from '@commonsight/types/http/routes';
import type { Wall, WallSummary } from '@commonsight/types/wall';
import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, Plus } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { Button } from '../ui/Button.tsx';
import { Menu, MenuGroup, MenuItem, MenuSeparator } from '../ui/Menu.tsx';
import { tellFailure } from '../ui/toast.tsx';
import { LazyCreateWallDialog } from '../wall/LazyCreateWallDialog.tsx';

/** The name of the wall; opens the others. */
export function WallMenu({ wall }: { wall: Wall }) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [walls, setWalls] = useState<readonly WallSummary[]>([]);
  const [isCreating, setIsCreating] = useState(false);
  const incident = useStore(workspace.incidents, (state) => state.byId.get(wall.incidentId ?? ''));

  async function read(): Promise<void> {
    const result = await call(routes.listWalls);
    if (tellFailure(result) && result.state === 'ok') setWalls(result.value.walls);
  }

  const open = (wallId: string): void => void navigate({ to: '/wall/$wallId', params: { wallId } });
  return (
    <>
      <Menu
        onOpenChange={(isOpen) => (isOpen ? void read() : undefined)}
        trigger={
          <Button look="quiet" className="min-w-0 shrink!" title={wall.name}>
            <span className="text-subtle max-lg:hidden">Wall</span>
            <span className="max-w-56 truncate font-semibold text-text">{wall.name}</span>
            {incident === undefined ? null : (
              <span className="figures text-muted max-lg:hidden">#{incident.number}</span>
            )}
            <ChevronDown className="size-3.5 shrink-0" aria-hidden />
          </Button>
        }
      >
        <MenuGroup label="Walls">
          {walls.map((other) => (
            <MenuItem
              key={other.id}
              isChecked={other.id === wall.id}
              onSelect={() => open(other.id)}
              {...(other.screenCount > 1 ? { hint: `${other.screenCount} screens` } : {})}
            >
              {other.name}
            </MenuItem>
          ))}
        </MenuGroup>
        {workspace.can('wall.edit') ? (
          <>
            <MenuSeparator />
            <MenuItem icon={<Plus aria-hidden />} onSelect={() => setIsCreating(true)}>
              New wall
            </MenuItem>
          </>
        ) : null}
      </Menu>
      <LazyCreateWallDialog isOpen={isCreating} onClose={() => setIsCreating(false)} onCreated={open} />
    </>
  );
}
