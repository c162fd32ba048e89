import type { TestedRates } from '../upload/UploadPlan.ts';
import { marksOf } from './marks.ts';
import { listCameras } from './readCamera.ts';

/** What the relay's file of cameras says of their streams; without a test a rate is null. */
export async function readTestedRates(folder: string): Promise<ReadonlyMap<string, TestedRates>> {
  const entries = Object.entries(await listCameras(folder));
  return new Map<string, TestedRates>(
    entries.map(([cameraId, entry]) => {
      const { streams, tested } = marksOf(entry);
      return [cameraId, Object.fromEntries(streams.map((kind) => [kind, tested[kind]]))];
    }),
  );
}
