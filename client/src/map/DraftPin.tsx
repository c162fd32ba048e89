import { useStore } from 'zustand';
import { placement } from '../incident/placement.ts';
import { MapAnchor } from './MapAnchor.tsx';
import type { EngineMap } from './MapEngine.ts';

/** Where the incident will be that is being described. */
export function DraftPin({ map }: { map: EngineMap }) {
  const state = useStore(placement.store);
  if (state.state !== 'describing' || state.position === null) return null;
  return (
    <MapAnchor map={map} position={state.position} anchor="centre" layer={4}>
      <div className="flex size-10 items-center justify-center rounded-full border-2 border-dashed border-accent bg-accent/15">
        <div className="size-2 rounded-full bg-accent" />
      </div>
    </MapAnchor>
  );
}
