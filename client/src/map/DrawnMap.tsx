import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import type { BaseMap } from './baseMapOf.ts';
import { canDrawMaps } from './canDrawMaps.ts';
import { MapBoundary } from './MapBoundary.tsx';
import type { MapEngine } from './MapEngine.ts';
import { type MapWords, mapWords } from './mapWords.ts';

// Each library is a chunk of its own; a window loads the one that it draws with.
const WithMaplibre = lazy(() => import('./WithMaplibre.tsx').then((loaded) => ({ default: loaded.WithMaplibre })));
const WithMapbox = lazy(() => import('./WithMapbox.tsx').then((loaded) => ({ default: loaded.WithMapbox })));

export interface MapConfig {
  mapboxToken: string | null;
  isTraining: boolean;
}

/** What a map is drawn with. */
export interface Drawing {
  engine: MapEngine;
  base: BaseMap;
  /** The map could not be drawn at all. */
  onFailed: (error: Error) => void;
}

export interface DrawnMapProps {
  config: MapConfig;
  label: string;
  className: string;
  /** Of a page in another language: the same object at each drawing. */
  words?: MapWords;
  loading?: ReactNode;
  /** What stands in the map's place, told why. */
  Fallback: ComponentType<{ reason: string }>;
  children: (drawing: Drawing) => ReactNode;
}

/** Draws with mapbox-gl when the agency has a token, with maplibre-gl otherwise and when Mapbox cannot be reached. */
export function DrawnMap({
  config,
  label,
  className,
  words = mapWords,
  loading = null,
  Fallback,
  children,
}: DrawnMapProps) {
  const [canDraw] = useState(canDrawMaps);
  const [failed, setFailed] = useState<'none' | 'mapbox' | 'both'>('none');
  if (!canDraw) return <Fallback reason="This browser cannot draw maps: WebGL is switched off or missing." />;
  if (failed === 'both') return <Fallback reason="The map could not be drawn." />;
  const isMapbox = config.mapboxToken !== null && failed === 'none';
  const fail = (): void => setFailed(isMapbox ? 'mapbox' : 'both');
  const With = isMapbox ? WithMapbox : WithMaplibre;
  return (
    <section aria-label={label} className={className}>
      <MapBoundary key={failed} onFailed={fail}>
        <Suspense fallback={loading}>
          <With config={config} words={words} notice={failed === 'mapbox' ? words.notReached : null}>
            {(engine, base) => children({ engine, base, onFailed: fail })}
          </With>
        </Suspense>
      </MapBoundary>
    </section>
  );
}
