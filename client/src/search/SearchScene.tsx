import type { Position } from '@commonsight/types/position';
import type { FoundSource } from '@commonsight/types/search';
import { Crosshair, Minus, Plus } from 'lucide-react';
import type { FillLayerSpecification, LineLayerSpecification } from 'maplibre-gl';
import { useEffect, useMemo, useRef, useState } from 'react';
import { DraggedPin } from '../map/DraggedPin.tsx';
import type { Drawing } from '../map/DrawnMap.tsx';
import { FlatMap } from '../map/FlatMap.tsx';
import { boundsOf } from '../map/geometry.ts';
import { MapAnchor } from '../map/MapAnchor.tsx';
import { mapColors } from '../map/mapColors.ts';
import type { EngineMap } from '../map/MapEngine.ts';
import { moveMs } from '../map/moveMs.ts';
import { ScaleBar } from '../map/ScaleBar.tsx';
import { consoleViewportKey, readViewport } from '../map/viewportMemory.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { FoundPins } from './FoundPins.tsx';
import { hasCorners, type SearchDraft, shapeOf, withMovedSpot, withSpot } from './SearchDraft.ts';
import { foundCones, shapeFeatures } from './searchFeatures.ts';

export interface SearchSceneProps {
  draft: SearchDraft;
  onDraft: (draft: SearchDraft) => void;
  /** What was found, in its order; null before the first search. */
  sources: readonly FoundSource[] | null;
  selectedId: string | null;
  onSelect: (id: string) => void;
}

const noSources: readonly FoundSource[] = [];

/** The question's shape with pins that can be moved, and what was found with its rank and its view cone. */
export function SearchScene({ draft, onDraft, sources, selectedId, onSelect, ...drawing }: SearchSceneProps & Drawing) {
  const { base } = drawing;
  const { Source, Layer } = drawing.engine;
  const [map, setMap] = useState<EngineMap | null>(null);
  const [initial] = useState(() => {
    const [spot] = draft.spots;
    if (spot !== undefined) return { ...spot, zoom: 16 };
    return readViewport(localStorage, consoleViewportKey) ?? { ...base.centre, zoom: 13.4 };
  });
  const [view, setView] = useState({ latitude: initial.latitude, zoom: initial.zoom });
  const found = sources ?? noSources;
  const shape = useMemo(
    () => shapeFeatures(shapeOf(draft.kind, draft.spots, Number(draft.metres) || 0)),
    [draft.kind, draft.spots, draft.metres],
  );
  const cones = useMemo(() => foundCones(found, selectedId), [found, selectedId]);
  useShowAll(map, found, draft.spots);

  return (
    <>
      <FlatMap
        drawing={drawing}
        initial={initial}
        onMap={setMap}
        doubleClickZoom={false}
        cursor="crosshair"
        onMoveEnd={() => (map === null ? null : setView({ latitude: map.getCenter().lat, zoom: map.getZoom() }))}
        onClick={({ lngLat, originalEvent }) => {
          if (originalEvent.target !== map?.getCanvas()) return;
          onDraft(withSpot(draft, { latitude: lngLat.lat, longitude: lngLat.lng }));
        }}
      >
        <Source id="found-cones" type="geojson" data={cones}>
          <Layer id="found-cones" type="fill" source="found-cones" paint={conePaint} />
          <Layer id="found-cone-edges" type="line" source="found-cones" paint={coneEdgePaint} />
        </Source>
        <Source id="search-shape" type="geojson" data={shape}>
          <Layer
            id="search-shape"
            type="fill"
            source="search-shape"
            filter={['==', ['geometry-type'], 'Polygon']}
            paint={{ 'fill-color': mapColors.warn, 'fill-opacity': 0.08 }}
          />
          <Layer
            id="search-shape-edge"
            type="line"
            source="search-shape"
            paint={{ 'line-color': mapColors.warn, 'line-width': 1.6, 'line-dasharray': [3, 2] }}
          />
        </Source>
      </FlatMap>
      {map === null ? null : (
        <>
          <FoundPins map={map} sources={found} zoom={view.zoom} selectedId={selectedId} onSelect={onSelect} />
          {draft.spots.map((spot, index) => (
            <MapAnchor key={index} map={map} position={spot} anchor="centre" layer={4}>
              <DraggedPin
                map={map}
                isSmall
                label={draft.spots.length === 1 ? 'The place' : `Corner ${String(index + 1)}`}
                position={spot}
                onPlace={(position: Position) => onDraft(withMovedSpot(draft, index, position))}
              />
            </MapAnchor>
          ))}
          <div
            role="toolbar"
            aria-label="Map"
            className="absolute top-2 right-2 z-5 flex flex-col rounded-md bg-surface-2/95 shadow-raised"
          >
            <IconButton
              label={hasCorners(draft.kind) ? 'Corner in the middle of the map' : 'Place in the middle of the map'}
              onClick={() => {
                const { lng, lat } = map.getCenter();
                onDraft(withSpot(draft, { latitude: lat, longitude: lng }));
              }}
            >
              <Crosshair />
            </IconButton>
            <IconButton label="Zoom in" onClick={() => map.zoomIn({ duration: moveMs() })}>
              <Plus />
            </IconButton>
            <IconButton label="Zoom out" onClick={() => map.zoomOut({ duration: moveMs() })}>
              <Minus />
            </IconButton>
          </div>
        </>
      )}
      <div className="pointer-events-none absolute bottom-1.5 left-2 z-5 flex items-end gap-3">
        <ScaleBar latitude={view.latitude} zoom={view.zoom} />
        <span className="rounded-sm bg-surface-0/70 px-1 text-2xs leading-3.5 text-muted empty:hidden">
          {base.caption}
        </span>
      </div>
    </>
  );
}

/** Moves the map once for each answer, so that all of it can be seen. */
function useShowAll(map: EngineMap | null, found: readonly FoundSource[], spots: readonly Position[]): void {
  const shown = useRef<readonly FoundSource[] | null>(null);
  useEffect(() => {
    if (map === null || found.length === 0 || shown.current === found) return;
    shown.current = found;
    const bounds = boundsOf([...found.map(({ position }) => position), ...spots]);
    if (bounds === null) return;
    const { west, south, east, north } = bounds;
    map.fitBounds([west, south, east, north], { padding: 60, maxZoom: 17, duration: moveMs() });
  }, [map, found, spots]);
}

const conePaint: NonNullable<FillLayerSpecification['paint']> = {
  'fill-color': ['case', ['get', 'isLit'], mapColors.accent, mapColors.cone],
  'fill-opacity': ['case', ['get', 'isLit'], 0.34, 0.1],
};
const coneEdgePaint: NonNullable<LineLayerSpecification['paint']> = {
  'line-color': ['case', ['get', 'isLit'], mapColors.accent, mapColors.cone],
  'line-opacity': ['case', ['get', 'isLit'], 0.95, 0.4],
  'line-width': ['case', ['get', 'isLit'], 1.6, 0.8],
};
