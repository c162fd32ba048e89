import { routes } from '@commonsight/types/http/routes';
import type { RouteResponse } from '@commonsight/types/http/route';
import type { Position } from '@commonsight/types/position';
import { useCallback } from 'react';
import { call } from '../api/call.ts';
import { type Read, useRead } from './useRead.ts';

export type NearCamera = RouteResponse<typeof routes.nearCameras>['cameras'][number];
export type NearCameras = Read<{ cameras: NearCamera[] }>;

const limit = 12;

/** The cameras in reach of a point, ranked by the server; asked again when the point moves. */
export function useNearCameras({ latitude, longitude }: Position): NearCameras {
  return useRead(
    useCallback(
      (signal) => call(routes.nearCameras, { query: { latitude, longitude, limit }, signal }),
      [latitude, longitude],
    ),
  );
}
