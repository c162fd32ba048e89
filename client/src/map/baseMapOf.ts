import { trainingCityCentre } from '@commonsight/types/training-city';
import type { Position } from '@commonsight/types/position';
import type { EngineMapProps, MapEngine } from './MapEngine.ts';
import type { MapWords } from './mapWords.ts';
import { plainStyle } from './plainStyle.ts';
import { trainingCityStyle } from './trainingCityStyle.ts';

/** What lies under cameras and incidents. */
export interface BaseMap {
  mapProps: Pick<EngineMapProps, 'mapStyle' | 'attributionControl' | 'mapboxAccessToken' | 'localFontFamily'>;
  /** The font that the style can write with. */
  font: string[];
  /** Said in a corner of the map. */
  caption: string;
  /** What the canvas is called. */
  canvasName: string;
  centre: Position;
}

/**
 * The training city is drawn by whichever library is there, because its streets exist nowhere else. A real city needs
 * Mapbox's streets, or shows its cameras on a bare ground.
 */
export function baseMapOf(
  engine: MapEngine['name'],
  config: { mapboxToken: string | null; isTraining: boolean },
  words: MapWords,
): BaseMap {
  const common = { canvasName: words.canvas, centre: trainingCityCentre };
  const token = config.mapboxToken === null ? {} : { mapboxAccessToken: config.mapboxToken };
  if (config.isTraining) {
    return {
      mapProps: { mapStyle: trainingCityStyle(), attributionControl: false, localFontFamily: 'sans-serif', ...token },
      font: ['sans-serif'],
      caption: words.trainingCity,
      ...common,
    };
  }
  if (engine === 'mapbox') {
    return {
      mapProps: { mapStyle: 'mapbox://styles/mapbox/dark-v11', attributionControl: { compact: true }, ...token },
      font: ['DIN Pro Medium', 'Arial Unicode MS Regular'],
      caption: '',
      ...common,
    };
  }
  return {
    mapProps: { mapStyle: plainStyle(), attributionControl: false },
    font: ['sans-serif'],
    caption: words.noStreets,
    ...common,
  };
}
