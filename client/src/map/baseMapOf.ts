import { trainingCityCentre } from '@commonsight/types/training-city';
import type { Position } from '@commonsight/types/position';
import type { EngineMapProps, MapEngine } from './MapEngine.ts';
import { plainStyle } from './plainStyle.ts';
import { trainingCityStyle } from './trainingCityStyle.ts';

/** What lies under cameras and incidents. */
export interface BaseMap {
  mapProps: Pick<EngineMapProps, 'mapStyle' | 'attributionControl' | 'mapboxAccessToken' | 'localFontFamily'>;
  /** The font that the style can write with. */
  font: string[];
  /** Said in a corner of the map. */
  caption: string;
  centre: Position;
}

/**
 * The training city is drawn by whichever library is there, because its streets exist nowhere else. A real city needs
 * Mapbox's streets, or shows its cameras on a bare ground.
 */
export function baseMapOf(
  engine: MapEngine['name'],
  config: { mapboxToken: string | null; isTraining: boolean },
): BaseMap {
  const token = config.mapboxToken === null ? {} : { mapboxAccessToken: config.mapboxToken };
  if (config.isTraining) {
    return {
      mapProps: { mapStyle: trainingCityStyle(), attributionControl: false, localFontFamily: 'sans-serif', ...token },
      font: ['sans-serif'],
      caption: 'Training city',
      centre: trainingCityCentre,
    };
  }
  if (engine === 'mapbox') {
    return {
      mapProps: { mapStyle: 'mapbox://styles/mapbox/dark-v11', attributionControl: { compact: true }, ...token },
      font: ['DIN Pro Medium', 'Arial Unicode MS Regular'],
      caption: '',
      centre: trainingCityCentre,
    };
  }
  return {
    mapProps: { mapStyle: plainStyle(), attributionControl: false },
    font: ['sans-serif'],
    caption: 'No street map',
    centre: trainingCityCentre,
  };
}
