import type { AskedFootage } from '@commonsight/types/footage';
import { useEffect, useMemo, useState } from 'react';
import { type Drawing, DrawnMap } from '../../map/DrawnMap.tsx';
import { FlatMap } from '../../map/FlatMap.tsx';
import { boundsOf, toCoordinate } from '../../map/geometry.ts';
import { mapColors } from '../../map/mapColors.ts';
import type { EngineMap } from '../../map/MapEngine.ts';
import { useText } from '../../language/LanguageContext.ts';
import { useMapConfig } from '../../map/useMapConfig.ts';
import { middleOf, outlineOf, shapeFeatures } from '../../search/searchFeatures.ts';

/** Where it was, and the own cameras. Everything in it stands in words above: without a map nothing is missing. */
export function AskedMap({ asked }: { asked: AskedFootage }) {
  const { footage, place } = useText();
  const config = useMapConfig();
  if (config === 'unknown') return null;
  const look = 'relative h-64 overflow-hidden rounded-lg bg-[#0b1017] inset-ring inset-ring-line-strong';
  if (config === null) return <div className={look} />;
  return (
    <DrawnMap config={config} label={footage.map} className={look} words={place.mapWords} Fallback={Nothing}>
      {(drawing) => <AskedScene asked={asked} {...drawing} />}
    </DrawnMap>
  );
}

function AskedScene({ asked, ...drawing }: { asked: AskedFootage } & Drawing) {
  const { Source, Layer } = drawing.engine;
  const [map, setMap] = useState<EngineMap | null>(null);
  const [opened] = useState(() => ({ ...middleOf(asked.shape), zoom: 16 }));
  const shape = useMemo(() => shapeFeatures(asked.shape), [asked.shape]);
  const cameras = useMemo(
    () => ({
      type: 'FeatureCollection' as const,
      features: asked.cameras.map(({ position }) => ({
        type: 'Feature' as const,
        properties: {},
        geometry: { type: 'Point' as const, coordinates: toCoordinate(position) },
      })),
    }),
    [asked.cameras],
  );
  // Once: the place and the cameras stay as they were asked about.
  const [bounds] = useState(() =>
    boundsOf([...outlineOf(asked.shape), ...asked.cameras.map(({ position }) => position)]),
  );
  useEffect(() => {
    if (map === null || bounds === null) return;
    const { west, south, east, north } = bounds;
    map.fitBounds([west, south, east, north], { padding: 40, maxZoom: 17, duration: 0 });
  }, [map, bounds]);
  return (
    <>
      <FlatMap drawing={drawing} initial={opened} onMap={setMap} cursor="grab" onClick={nothing}>
        <Source id="place" type="geojson" data={shape}>
          <Layer id="place" type="line" source="place" paint={{ 'line-color': mapColors.accent, 'line-width': 3 }} />
        </Source>
        <Source id="cameras" type="geojson" data={cameras}>
          <Layer
            id="cameras"
            type="circle"
            source="cameras"
            paint={{
              'circle-color': mapColors.accent,
              'circle-radius': 8,
              'circle-stroke-color': '#ffffff',
              'circle-stroke-width': 2,
            }}
          />
        </Source>
      </FlatMap>
      <span className="pointer-events-none absolute bottom-1.5 left-2 rounded-sm bg-black/70 px-1 text-xs text-white empty:hidden">
        {drawing.base.caption}
      </span>
    </>
  );
}

function Nothing() {
  return null;
}

const nothing = (): void => undefined;
