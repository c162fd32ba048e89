import { auditRuns } from './audit/auditRuns.ts';
import type { FaultRun } from './FaultRun.ts';
import { sharingRuns } from './sharing/sharingRuns.ts';
import { signallingRuns } from './signalling/signallingRuns.ts';

/** What `pnpm faults SUITE [NAME]...` runs; without a suite it kills parts under a wall (`runWall.ts`). */
export const suites: Readonly<Record<string, readonly FaultRun[]>> = {
  audit: auditRuns,
  sharing: sharingRuns,
  signalling: signallingRuns,
};
