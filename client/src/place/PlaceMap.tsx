import type { Position, ViewCone } from '@commonsight/types/position';
import type { Area } from '@commonsight/types/registration';
import { DrawnMap } from '../map/DrawnMap.tsx';
import { useText } from '../language/LanguageContext.ts';
import { useMapConfig } from '../map/useMapConfig.ts';
import { PlaceScene } from './PlaceScene.tsx';

export interface PlaceMapProps {
  /** Null until there is a pin. */
  position: Position | null;
  /** Null of a place with several cameras. */
  viewCone: ViewCone | null;
  /** Where the map opens without a pin. */
  centre: Position;
  /** A pin outside it is not where the map opens. */
  area: Area | null;
  onPlace: (position: Position) => void;
  /** Where the map goes, each time that it is another object. */
  goTo?: Position | null;
}

/** The map with the pin and the camera's cone, by the same libraries as the console's; words where it cannot be drawn. */
export function PlaceMap(props: PlaceMapProps) {
  const { place } = useText();
  const config = useMapConfig();
  if (config === 'unknown') return <NoPlaceMap />;
  const look = 'relative h-72 overflow-hidden rounded-lg bg-[#0b1017] inset-ring inset-ring-line-strong sm:h-96';
  if (config === null) return <div className={look} />;
  return (
    <DrawnMap config={config} label={place.map} className={look} words={place.mapWords} Fallback={NoPlaceMap}>
      {(drawing) => <PlaceScene {...props} {...drawing} />}
    </DrawnMap>
  );
}

function NoPlaceMap() {
  const { place } = useText();
  return <p className="m-0 rounded-lg bg-surface-2 p-4 text-base">{place.noMap}</p>;
}
