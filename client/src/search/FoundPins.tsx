import type { FoundSource } from '@commonsight/types/search';
import { useMemo, useRef } from 'react';
import { clusterPins } from '../map/clusterPins.ts';
import { MapAnchor } from '../map/MapAnchor.tsx';
import type { EngineMap } from '../map/MapEngine.ts';
import { moveMs } from '../map/moveMs.ts';
import { useKeepFromMap } from '../map/useKeepFromMap.ts';
import { classes } from '../ui/classes.ts';
import { isLiveNow, sourceLabel } from './sourceWords.ts';

const pinRadiusPixels = 22;

export interface FoundPinsProps {
  map: EngineMap;
  sources: readonly FoundSource[];
  zoom: number;
  selectedId: string | null;
  onSelect: (id: string) => void;
}

/** What was found, each with its place in the list; those that would lie on each other together. */
export function FoundPins({ map, sources, zoom, selectedId, onSelect }: FoundPinsProps) {
  const ranks = useMemo(
    () => new Map(sources.map((source, index) => [source.id, { source, rank: index + 1 }])),
    [sources],
  );
  const groups = useMemo(() => clusterPins(sources, zoom, pinRadiusPixels), [sources, zoom]);
  return groups.map(({ ids, position, bounds }) => {
    const members = ids.flatMap((id) => ranks.get(id) ?? []);
    const [best] = members;
    if (best === undefined) return null;
    const isSelected = members.some(({ source }) => source.id === selectedId);
    return (
      <MapAnchor key={best.source.id} map={map} position={position} anchor="centre" layer={isSelected ? 3 : 2}>
        {members.length === 1 ? (
          <FoundPin
            label={sourceLabel(best.source, best.rank)}
            text={String(best.rank)}
            look={lookOf(best.source)}
            isSelected={isSelected}
            isDim={!best.source.sees}
            onPress={() => onSelect(best.source.id)}
          />
        ) : (
          <FoundPin
            label={`${String(members.length)} cameras, the first of them ${sourceLabel(best.source, best.rank)}`}
            text={`${String(members.length)}×`}
            look="rounded-full border-muted border-dashed"
            isSelected={isSelected}
            isDim={members.every(({ source }) => !source.sees)}
            onPress={() => {
              onSelect(best.source.id);
              const { west, south, east, north } = bounds;
              map.fitBounds([west, south, east, north], { padding: 80, maxZoom: 19, duration: moveMs() });
            }}
          />
        )}
      </MapAnchor>
    );
  });
}

function lookOf(source: FoundSource): string {
  if (source.kind === 'registered') return 'rounded-md border-warn';
  return isLiveNow(source) ? 'rounded-full border-live' : 'rounded-full border-muted';
}

interface FoundPinProps {
  label: string;
  text: string;
  look: string;
  isSelected: boolean;
  isDim: boolean;
  onPress: () => void;
}

function FoundPin({ label, text, look, isSelected, isDim, onPress }: FoundPinProps) {
  const pin = useRef<HTMLButtonElement>(null);
  useKeepFromMap(pin);
  return (
    <button
      ref={pin}
      type="button"
      aria-label={label}
      aria-pressed={isSelected}
      title={label}
      onClick={onPress}
      className={classes(
        'figures flex h-6 min-w-6 items-center justify-center border-2 px-1 text-xs font-semibold shadow-raised',
        look,
        isSelected ? 'bg-accent text-surface-0' : 'bg-surface-2 text-text',
        isDim && !isSelected && 'opacity-60',
      )}
    >
      {text}
    </button>
  );
}
