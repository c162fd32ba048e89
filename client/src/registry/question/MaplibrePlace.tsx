import { maplibreEngine } from '../../map/maplibreEngine.ts';
import type { EnginePlaceProps } from './PlaceMap.tsx';
import { PlaceScene } from './PlaceScene.tsx';

export function MaplibrePlace(props: EnginePlaceProps) {
  return <PlaceScene {...props} engine={maplibreEngine} />;
}
