import { MapPinPlus, Maximize, Minus, Plus } from 'lucide-react';
import { placement } from '../incident/placement.ts';
import { IconButton } from '../ui/IconButton.tsx';
import type { EngineMap } from './MapEngine.ts';
import { moveMs } from './moveMs.ts';

export interface MapToolbarProps {
  map: EngineMap;
  isAiming: boolean;
  canCreate: boolean;
  onFit: () => void;
}

export function MapToolbar({ map, isAiming, canCreate, onFit }: MapToolbarProps) {
  return (
    <div
      role="toolbar"
      aria-label="Map"
      className="absolute top-2 right-2 z-5 flex flex-col rounded-md bg-surface-2/95 shadow-raised"
    >
      <IconButton label="Zoom in" onClick={() => map.zoomIn({ duration: moveMs() })}>
        <Plus />
      </IconButton>
      <IconButton label="Zoom out" onClick={() => map.zoomOut({ duration: moveMs() })}>
        <Minus />
      </IconButton>
      <IconButton label="Fit to cameras" onClick={onFit}>
        <Maximize />
      </IconButton>
      {canCreate ? (
        <IconButton
          label="Place an incident on the map"
          shortcut="n"
          isPressed={isAiming}
          onClick={() => (isAiming ? placement.cancel() : placement.start())}
        >
          <MapPinPlus />
        </IconButton>
      ) : null}
    </div>
  );
}
