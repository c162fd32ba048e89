import 'mapbox-gl/dist/mapbox-gl.css';
import { Layer, Map, Source } from 'react-map-gl/mapbox';
import type { MapEngine } from './MapEngine.ts';

export const mapboxEngine = { name: 'mapbox', Map, Source, Layer } as unknown as MapEngine;
