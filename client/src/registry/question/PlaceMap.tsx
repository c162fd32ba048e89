import { routes } from '@commonsight/types/http/routes';
import type { Position, ViewCone } from '@commonsight/types/position';
import type { Area } from '@commonsight/types/registration';
import { lazy, Suspense, useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import { canDrawMaps } from '../../map/canDrawMaps.ts';
import { MapBoundary } from '../../map/MapBoundary.tsx';
import { useText } from '../messages/LanguageContext.ts';

const MapboxPlace = lazy(() => import('./MapboxPlace.tsx').then((loaded) => ({ default: loaded.MapboxPlace })));
const MaplibrePlace = lazy(() => import('./MaplibrePlace.tsx').then((loaded) => ({ default: loaded.MaplibrePlace })));

export interface PlaceMapProps {
  /** Null until there is a pin. */
  position: Position | null;
  viewCone: ViewCone;
  /** Where the map opens without a pin. */
  centre: Position;
  /** A pin outside it is not where the map opens. */
  area: Area | null;
  onPlace: (position: Position) => void;
}

/** The map with the camera's pin and cone, by the same libraries as the console's; words where it cannot be drawn. */
export function PlaceMap(props: PlaceMapProps) {
  const { place } = useText();
  const [config, setConfig] = useState<EnginePlaceProps['config'] | null>(null);
  const [canDraw] = useState(canDrawMaps);
  const [failed, setFailed] = useState<'none' | 'mapbox' | 'both'>(canDraw ? 'none' : 'both');
  useEffect(() => {
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      const result = await call(routes.clientConfig, { signal: abort.signal });
      if (result.state === 'ok') setConfig(result.value);
      if (result.state === 'failed') setFailed('both');
    };
    void read();
    return () => abort.abort();
  }, []);
  if (failed === 'both') return <p className="m-0 rounded-lg bg-surface-2 p-4 text-base">{place.noMap}</p>;
  const isMapbox = config?.mapboxToken != null && failed === 'none';
  const fail = (): void => setFailed(isMapbox ? 'mapbox' : 'both');
  return (
    <section
      aria-label={place.map}
      className="relative h-72 overflow-hidden rounded-lg bg-[#0b1017] inset-ring inset-ring-line-strong sm:h-96"
    >
      {config === null ? null : (
        <MapBoundary key={failed} onFailed={fail}>
          <Suspense fallback={null}>
            {isMapbox ? (
              <MapboxPlace {...props} config={config} onFailed={fail} />
            ) : (
              <MaplibrePlace {...props} config={config} onFailed={fail} />
            )}
          </Suspense>
        </MapBoundary>
      )}
    </section>
  );
}

export interface EnginePlaceProps extends PlaceMapProps {
  config: { mapboxToken: string | null; isTraining: boolean };
  onFailed: () => void;
}
