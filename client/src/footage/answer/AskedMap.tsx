import type { AskedFootage } from '@commonsight/types/footage';
import { useMemo, useRef, useState } from 'react';
import { type Drawing, DrawnMap } from '../../map/DrawnMap.tsx';
import { mapColors } from '../../map/mapColors.ts';
import { toCoordinate } from '../../map/geometry.ts';
import { useText } from '../../registry/messages/LanguageContext.ts';
import { useMapConfig } from '../../registry/useMapConfig.ts';
import { middleOf, shapeFeatures } from '../../search/searchFeatures.ts';

/** Where it was, and the own cameras. Everything in it stands in words above: without a map nothing is missing. */
export function AskedMap({ asked }: { asked: AskedFootage }) {
  const { footage } = useText();
  const config = useMapConfig();
  if (config === 'unknown') return null;
  const look = 'relative h-64 overflow-hidden rounded-lg bg-[#0b1017] inset-ring inset-ring-line-strong';
  if (config === null) return <div className={look} />;
  return (
    <DrawnMap config={config} label={footage.map} className={look} Fallback={Nothing}>
      {(drawing) => <AskedScene asked={asked} {...drawing} />}
    </DrawnMap>
  );
}

function AskedScene({ asked, engine, base, onFailed }: { asked: AskedFootage } & Drawing) {
  const { Map, Source, Layer } = engine;
  const hasLoaded = useRef(false);
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
  return (
    <>
      <Map
        ref={nothing}
        {...base.mapProps}
        initialViewState={opened}
        locale={words}
        minZoom={9}
        maxZoom={19.5}
        maxPitch={0}
        dragRotate={false}
        pitchWithRotate={false}
        touchPitch={false}
        cursor="grab"
        style={fill}
        onLoad={() => {
          hasLoaded.current = true;
        }}
        onMoveEnd={nothing}
        onMouseMove={nothing}
        onClick={nothing}
        onError={({ error }) => {
          if (!hasLoaded.current) onFailed(error);
        }}
      >
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
      </Map>
      <span className="pointer-events-none absolute bottom-1.5 left-2 rounded-sm bg-black/70 px-1 text-xs text-white empty:hidden">
        {base.caption}
      </span>
    </>
  );
}

function Nothing() {
  return null;
}

const words = { 'Map.Title': 'Streets' };
const fill = { position: 'absolute', inset: 0 } as const;
const nothing = (): void => undefined;
