import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { buildTrainingCity, type CityArea, type TrainingCity } from '@commonsight/types/training-city';
import type { Feature, FeatureCollection } from 'geojson';
import { mapColors } from './mapColors.ts';

/**
 * The training city as a complete map style: no tiles, no fonts and no network. Without a `glyphs` address maplibre-gl
 * draws letters itself, from the fonts of this machine; mapbox-gl does so with its option `localFontFamily`.
 */
export function trainingCityStyle(): StyleSpecification {
  const city = buildTrainingCity();
  return {
    version: 8,
    name: `Training city ${city.name}`,
    sources: {
      water: source(city.water.map(areaFeature)),
      piers: source(city.piers.map(areaFeature)),
      parks: source(city.parks.map(areaFeature)),
      blocks: source(city.blocks.map(areaFeature)),
      buildings: source(city.buildings.map(areaFeature)),
      streets: source(streetFeatures(city)),
      bridges: source(city.bridges.map(({ name, line }) => lineFeature([line], { name }))),
      places: source(
        city.places.map(({ name, kind, at }) => ({
          type: 'Feature',
          properties: { name, kind },
          geometry: { type: 'Point', coordinates: at },
        })),
      ),
    },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': mapColors.land } },
      { id: 'parks', type: 'fill', source: 'parks', paint: { 'fill-color': mapColors.park } },
      { id: 'blocks', type: 'fill', source: 'blocks', paint: { 'fill-color': mapColors.block } },
      {
        id: 'buildings',
        type: 'fill',
        source: 'buildings',
        minzoom: 14,
        paint: { 'fill-color': mapColors.building, 'fill-opacity': byZoom([14, 0], [15.2, 1]) },
      },
      { id: 'water', type: 'fill', source: 'water', paint: { 'fill-color': mapColors.water } },
      {
        id: 'shore',
        type: 'line',
        source: 'water',
        filter: ['==', ['get', 'name'], 'Lake'],
        paint: { 'line-color': mapColors.shore, 'line-width': byZoom([12, 0.6], [16, 1.6]) },
      },
      { id: 'piers', type: 'fill', source: 'piers', paint: { 'fill-color': mapColors.pier } },
      ...streetLayers(),
      ...labelLayers(),
    ],
  };
}

function streetLayers(): LayerSpecification[] {
  const width = (extra: number): ExpressionSpecification => [
    'interpolate',
    ['exponential', 1.6],
    ['zoom'],
    11,
    kindOf(1.2 + extra / 3, 0.7 + extra / 3, 0.15),
    14,
    kindOf(5 + extra, 3 + extra, 1.2 + extra / 2),
    18,
    kindOf(40 + extra * 2, 30 + extra * 2, 18 + extra * 2),
  ];
  return [
    {
      id: 'street-casing',
      type: 'line',
      source: 'streets',
      minzoom: 12.5,
      layout: { 'line-cap': 'butt', 'line-join': 'round' },
      paint: { 'line-color': mapColors.casing, 'line-width': width(2) },
    },
    {
      id: 'bridge-casing',
      type: 'line',
      source: 'bridges',
      minzoom: 12.5,
      paint: { 'line-color': mapColors.shore, 'line-width': byZoom([12.5, 2], [14, 6], [18, 42]) },
    },
    {
      id: 'streets',
      type: 'line',
      source: 'streets',
      layout: {
        'line-cap': 'round',
        'line-join': 'round',
        'line-sort-key': ['match', ['get', 'kind'], 'freeway', 2, 'avenue', 1, 0],
      },
      paint: {
        'line-color': [
          'match',
          ['get', 'kind'],
          'freeway',
          mapColors.freeway,
          'avenue',
          mapColors.avenue,
          mapColors.street,
        ],
        'line-width': width(0),
      },
    },
  ];
}

function labelLayers(): LayerSpecification[] {
  const street = (id: string, minzoom: number, kinds: string[], size: ExpressionSpecification): LayerSpecification => ({
    id,
    type: 'symbol',
    source: 'streets',
    minzoom,
    filter: ['in', ['get', 'kind'], ['literal', kinds]],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 380,
      'text-field': ['get', 'name'],
      'text-font': ['sans-serif'],
      'text-size': size,
      'text-letter-spacing': 0.02,
    },
    paint: { 'text-color': mapColors.label, 'text-halo-color': mapColors.halo, 'text-halo-width': 1.4 },
  });
  return [
    street('avenue-names', 13.2, ['avenue', 'freeway'], byZoom([13, 10], [17, 13.5])),
    street('street-names', 15, ['street'], byZoom([15, 10], [18, 13])),
    {
      id: 'place-names',
      type: 'symbol',
      source: 'places',
      minzoom: 12,
      layout: {
        'text-field': ['case', ['==', ['get', 'kind'], 'district'], ['upcase', ['get', 'name']], ['get', 'name']],
        'text-font': ['sans-serif'],
        'text-size': byZoom([12, 10], [15, 12.5]),
        'text-letter-spacing': ['match', ['get', 'kind'], 'district', 0.14, 0.05],
        'text-max-width': 8,
      },
      paint: {
        'text-color': [
          'match',
          ['get', 'kind'],
          'water',
          mapColors.waterLabel,
          'park',
          mapColors.parkLabel,
          mapColors.faintLabel,
        ],
        'text-halo-color': mapColors.halo,
        'text-halo-width': 1.2,
      },
    },
  ];
}

function kindOf(freeway: number, avenue: number, street: number): ExpressionSpecification {
  return ['match', ['get', 'kind'], 'freeway', freeway, 'avenue', avenue, street];
}

function byZoom(...stops: [zoom: number, value: number][]): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], ...stops.flat()] as ExpressionSpecification;
}

function source(features: Feature[]): { type: 'geojson'; data: FeatureCollection } {
  return { type: 'geojson', data: { type: 'FeatureCollection', features } };
}

function areaFeature({ name, ring }: CityArea): Feature {
  return { type: 'Feature', properties: { name }, geometry: { type: 'Polygon', coordinates: [ring] } };
}

function streetFeatures(city: TrainingCity): Feature[] {
  return city.streets.map(({ name, kind, lines }) => lineFeature(lines, { name, kind }));
}

function lineFeature(lines: [number, number][][], properties: Record<string, string>): Feature {
  return { type: 'Feature', properties, geometry: { type: 'MultiLineString', coordinates: lines } };
}
