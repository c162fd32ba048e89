import type { FeatureCollection } from 'geojson';
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { ComponentType, CSSProperties, ReactNode, Ref } from 'react';

/** What the console uses of a map; mapbox-gl's and maplibre-gl's both have it. */
export interface EngineMap {
  project(at: [longitude: number, latitude: number]): { x: number; y: number };
  unproject(at: [number, number]): { lng: number; lat: number };
  getZoom(): number;
  getCenter(): { lng: number; lat: number };
  getBounds(): { getWest(): number; getSouth(): number; getEast(): number; getNorth(): number } | null;
  fitBounds(
    bounds: [number, number, number, number],
    options: { padding: number; maxZoom: number; duration: number },
  ): unknown;
  easeTo(options: { center?: [number, number]; zoom?: number; duration: number }): unknown;
  panBy(offset: [number, number], options: { duration: number }): unknown;
  zoomIn(options: { duration: number }): unknown;
  zoomOut(options: { duration: number }): unknown;
  getCanvas(): HTMLCanvasElement;
  getCanvasContainer(): HTMLElement;
  on(kind: 'move' | 'moveend' | 'resize', listener: () => void): unknown;
  off(kind: 'move' | 'moveend' | 'resize', listener: () => void): unknown;
}

export interface MapPointer {
  lngLat: { lng: number; lat: number };
  point: { x: number; y: number };
  /** A press on a pin, which lies in the map's element, has the pin as its target. */
  originalEvent: Event;
}

/** react-map-gl's reference: the map's methods, and the map itself. */
export interface EngineMapRef {
  getMap(): EngineMap;
}

export interface EngineMapProps {
  ref: Ref<EngineMapRef>;
  initialViewState: { longitude: number; latitude: number; zoom: number };
  mapStyle: StyleSpecification | string;
  mapboxAccessToken?: string;
  localFontFamily?: string;
  /** The library's own words; `Map.Title` names the canvas. */
  locale: Record<string, string>;
  minZoom: number;
  maxZoom: number;
  maxPitch: 0;
  dragRotate: false;
  pitchWithRotate: false;
  touchPitch: false;
  /** Off where two presses are two places. */
  doubleClickZoom?: boolean;
  attributionControl: false | { compact: boolean };
  cursor: string;
  style: CSSProperties;
  onLoad?(): void;
  /** Everything in view is drawn. */
  onIdle?(): void;
  onMoveEnd?(): void;
  onClick(pointer: MapPointer): void;
  onMouseMove?(pointer: MapPointer): void;
  onError(failure: { error: Error }): void;
  children?: ReactNode;
}

export interface EngineSourceProps {
  id: string;
  type: 'geojson';
  data: FeatureCollection;
  children?: ReactNode;
}

/** A map library's React components, so that the map is written once for both. */
export interface MapEngine {
  name: 'maplibre' | 'mapbox';
  Map: ComponentType<EngineMapProps>;
  Source: ComponentType<EngineSourceProps>;
  Layer: ComponentType<LayerSpecification & { beforeId?: string }>;
}
