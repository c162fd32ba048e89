import { ContextMenu } from '@base-ui/react/context-menu';
import type { Position } from '@commonsight/types/position';
import { useNavigate } from '@tanstack/react-router';
import { Crosshair, MapPinPlus, ScanSearch } from 'lucide-react';
import { type MouseEvent, type ReactNode, useRef } from 'react';
import { placement } from '../incident/placement.ts';
import { MenuItem } from '../ui/Menu.tsx';

export interface MapContextMenuProps {
  canCreate: boolean;
  canSearch: boolean;
  /** The position below a point of the window. */
  positionAt: (clientX: number, clientY: number) => Position | null;
  onCentre: (position: Position) => void;
  children: ReactNode;
}

/** What can be done at a place of the map: by the right button, or by a long press of a finger. */
export function MapContextMenu({ canCreate, canSearch, positionAt, onCentre, children }: MapContextMenuProps) {
  const navigate = useNavigate();
  const position = useRef<Position | null>(null);
  const act = (doIt: (at: Position) => void) => () => {
    if (position.current !== null) doIt(position.current);
  };
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger
        className="absolute inset-0"
        onContextMenu={(press: MouseEvent) => {
          position.current = positionAt(press.clientX, press.clientY);
        }}
        onTouchStart={(press) => {
          const touch = press.touches[0];
          if (touch !== undefined) position.current = positionAt(touch.clientX, touch.clientY);
        }}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="z-(--z-popup) outline-none">
          <ContextMenu.Popup className="min-w-48 rounded-lg bg-surface-2 p-1 shadow-raised outline-none">
            {canCreate ? (
              <MenuItem icon={<MapPinPlus />} onSelect={act((at) => placement.place(at))}>
                New incident here
              </MenuItem>
            ) : null}
            {canSearch ? (
              <MenuItem icon={<ScanSearch />} onSelect={act((at) => void navigate({ to: '/search', search: at }))}>
                What saw this place?
              </MenuItem>
            ) : null}
            <MenuItem icon={<Crosshair />} onSelect={act(onCentre)}>
              Centre the map here
            </MenuItem>
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
