import { useMemo, useRef } from 'react';
import type { Drawing } from './DrawnMap.tsx';
import type { EngineMap, EngineMapProps, EngineMapRef } from './MapEngine.ts';
import type { Viewport } from './viewportMemory.ts';

type Told = Pick<EngineMapProps, 'onLoad' | 'onIdle' | 'onMoveEnd' | 'onMouseMove' | 'doubleClickZoom' | 'children'>;

export interface FlatMapProps extends Told, Pick<EngineMapProps, 'cursor' | 'onClick'> {
  drawing: Drawing;
  /** Where it begins. */
  initial: Viewport;
  /** The map, once it is there, and null when it goes. */
  onMap: (map: EngineMap | null) => void;
}

/** A map, whatever lies on it: seen from straight above, north up, by either library. */
export function FlatMap({ drawing: { engine, base, onFailed }, initial, onMap, onLoad, ...rest }: FlatMapProps) {
  const isThere = useRef(false);
  const hasLoaded = useRef(false);
  const mapRef = useMemo(
    () => (reference: EngineMapRef | null) => {
      isThere.current = reference !== null;
      onMap(reference === null ? null : reference.getMap());
    },
    [onMap],
  );
  const words = useMemo(() => ({ 'Map.Title': base.canvasName }), [base.canvasName]);
  const { Map } = engine;
  return (
    <Map
      ref={mapRef}
      {...base.mapProps}
      {...rest}
      initialViewState={initial}
      locale={words}
      minZoom={9}
      maxZoom={19.5}
      maxPitch={0}
      dragRotate={false}
      pitchWithRotate={false}
      touchPitch={false}
      style={fill}
      onLoad={() => {
        hasLoaded.current = true;
        onLoad?.();
      }}
      onError={({ error }) => {
        // A style that cannot be fetched leaves an empty canvas; a missing tile later is no failure of the map.
        if (!isThere.current || (engine.name === 'mapbox' && !hasLoaded.current)) onFailed(error);
      }}
    />
  );
}

const fill = { position: 'absolute', inset: 0 } as const;
