import type { Db } from '../db/Database.ts';
import type { GrantRow } from './grantRepository.ts';
import { listApprovedCameras } from './grantRequestRepository.ts';

/** Whether somebody has approved everything that the grant allows. */
export async function isApproved(db: Db, grant: GrantRow): Promise<boolean> {
  const approved = await listApprovedCameras(db, grant);
  return grant.cameraIds.every((cameraId) => approved.has(cameraId));
}
