import { mapboxEngine } from '../../map/mapboxEngine.ts';
import type { EnginePlaceProps } from './PlaceMap.tsx';
import { PlaceScene } from './PlaceScene.tsx';

export function MapboxPlace(props: EnginePlaceProps) {
  return <PlaceScene {...props} engine={mapboxEngine} />;
}
