import { setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { Layer, Map, Source } from 'react-map-gl/maplibre';
import type { MapEngine } from './MapEngine.ts';

// maplibre-gl 6 looks for its worker beside itself, where a bundler does not put it.
setWorkerUrl(workerUrl);

export const maplibreEngine = { name: 'maplibre', Map, Source, Layer } as unknown as MapEngine;
