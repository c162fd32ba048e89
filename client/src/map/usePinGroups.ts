import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { clusterPins, clusterRadiusPixels, type PinGroup } from './clusterPins.ts';

/** The cameras of the map at a zoom, those that would lie on each other together. */
export function usePinGroups(zoom: number): PinGroup[] {
  const { cameras } = useWorkspace();
  const byId = useStore(cameras, (state) => state.byId);
  const order = useStore(cameras, (state) => state.order);
  return useMemo(
    () =>
      clusterPins(
        order.flatMap((id) => byId.get(id) ?? []),
        zoom,
        clusterRadiusPixels,
      ),
    [byId, order, zoom],
  );
}
