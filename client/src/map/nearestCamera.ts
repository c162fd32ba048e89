import type { Camera } from '@commonsight/types/camera';
import type { Position } from '@commonsight/types/position';
import { distanceMetres } from './geometry.ts';

/** The camera nearest to a position, to say in words where that is; null when there is no camera. */
export function nearestCamera(
  cameras: readonly Camera[],
  position: Position,
): { camera: Camera; distanceMetres: number } | null {
  let nearest: { camera: Camera; distanceMetres: number } | null = null;
  for (const camera of cameras) {
    const distance = distanceMetres(camera.position, position);
    if (nearest === null || distance < nearest.distanceMetres) nearest = { camera, distanceMetres: distance };
  }
  return nearest;
}
