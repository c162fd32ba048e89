import type { StyleSpecification } from 'maplibre-gl';
import { mapColors } from './mapColors.ts';

/** A map without streets: the cameras and incidents still lie where they are, at the right distances. */
export function plainStyle(): StyleSpecification {
  return {
    version: 8,
    name: 'No street map',
    sources: {},
    layers: [{ id: 'land', type: 'background', paint: { 'background-color': mapColors.land } }],
  };
}
