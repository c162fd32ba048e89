import type { Position } from '@commonsight/types/position';
import { useEffect, useMemo, useState } from 'react';
import { DraggedPin } from '../map/DraggedPin.tsx';
import type { Drawing } from '../map/DrawnMap.tsx';
import { FlatMap } from '../map/FlatMap.tsx';
import { areaRing, coneRing, isWithin } from '../map/geometry.ts';
import { MapAnchor } from '../map/MapAnchor.tsx';
import { mapColors } from '../map/mapColors.ts';
import type { EngineMap } from '../map/MapEngine.ts';
import { useText } from '../language/LanguageContext.ts';
import type { PlaceMapProps } from './PlaceMap.tsx';

/** The map of one camera: a press puts the pin, the pin is dragged or moved by keys, the cone follows. */
export function PlaceScene({
  position,
  viewCone,
  centre,
  area,
  onPlace,
  goTo = null,
  ...drawing
}: PlaceMapProps & Drawing) {
  const { place: text, share } = useText();
  // Numbers are typed before the map is there, and may be wrong: from far away nobody finds back.
  const pin = position !== null && (area === null || isWithin(position, area)) ? position : null;
  const [map, setMap] = useState<EngineMap | null>(null);
  const [opened] = useState(() => ({ ...(pin ?? centre), zoom: pin === null ? 13.4 : 16.5 }));
  const cone = useMemo(
    () => ({
      type: 'FeatureCollection' as const,
      features:
        position === null || viewCone === null
          ? []
          : [
              {
                type: 'Feature' as const,
                properties: {},
                geometry: { type: 'Polygon' as const, coordinates: [coneRing(position, viewCone)] },
              },
            ],
    }),
    [position, viewCone],
  );
  const border = useMemo(
    () => ({
      type: 'FeatureCollection' as const,
      features:
        area === null
          ? []
          : [
              {
                type: 'Feature' as const,
                properties: {},
                geometry: { type: 'Polygon' as const, coordinates: [areaRing(area)] },
              },
            ],
    }),
    [area],
  );
  useEffect(() => {
    if (map === null || goTo === null) return;
    map.easeTo({ center: [goTo.longitude, goTo.latitude], zoom: Math.max(map.getZoom(), 16.5), duration: 0 });
  }, [map, goTo]);
  const { Source, Layer } = drawing.engine;
  return (
    <>
      <FlatMap
        drawing={drawing}
        initial={opened}
        onMap={setMap}
        cursor="crosshair"
        onClick={({ lngLat }) => onPlace({ latitude: lngLat.lat, longitude: lngLat.lng })}
      >
        <Source id="area" type="geojson" data={border}>
          <Layer
            id="area"
            type="line"
            source="area"
            paint={{ 'line-color': mapColors.muted, 'line-width': 2, 'line-dasharray': [3, 2] }}
          />
        </Source>
        <Source id="cone" type="geojson" data={cone}>
          <Layer id="cone" type="fill" source="cone" paint={{ 'fill-color': mapColors.accent, 'fill-opacity': 0.35 }} />
        </Source>
      </FlatMap>
      {map === null || position === null ? null : (
        <MapAnchor map={map} position={position} anchor="centre" layer={4}>
          <DraggedPin
            map={map}
            label={viewCone === null ? share.pin : text.pin}
            position={position}
            onPlace={onPlace}
          />
        </MapAnchor>
      )}
      {map === null ? null : <PlaceZoom map={map} centreOn={position} />}
      <span className="pointer-events-none absolute bottom-1.5 left-2 rounded-sm bg-black/70 px-1 text-xs text-white empty:hidden">
        {drawing.base.caption}
      </span>
    </>
  );
}

function PlaceZoom({ map, centreOn }: { map: EngineMap; centreOn: Position | null }) {
  const { place } = useText();
  const zoom = (by: number): void => {
    const { lng, lat } = centreOn === null ? map.getCenter() : { lng: centreOn.longitude, lat: centreOn.latitude };
    map.easeTo({ center: [lng, lat], zoom: map.getZoom() + by, duration: 0 });
  };
  return (
    <div className="absolute top-2 right-2 flex flex-col gap-1">
      {[
        { sign: '+', name: place.zoomIn, by: 1 },
        { sign: '−', name: place.zoomOut, by: -1 },
      ].map(({ sign, name, by }) => (
        <button
          key={sign}
          type="button"
          aria-label={name}
          onClick={() => zoom(by)}
          className="size-11 rounded-lg border-0 bg-surface-1 text-xl text-text inset-ring inset-ring-line-strong"
        >
          {sign}
        </button>
      ))}
    </div>
  );
}
