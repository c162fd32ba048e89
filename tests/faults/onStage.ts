import { ensureSystemPackages, systemPackages } from '../setup/systemPackages.ts';
import type { FaultRunContext } from './FaultRun.ts';
import { printMachine } from './printMachine.ts';

/** Runs on a stage of its own, says on which machine, and ends what the stage started. */
export async function onStage<Stage extends { close: () => Promise<void> }>(
  { seed, progress }: FaultRunContext,
  open: () => Promise<Stage>,
  run: (stage: Stage) => Promise<boolean>,
): Promise<boolean> {
  await ensureSystemPackages(systemPackages.run, progress);
  const stage = await open();
  try {
    const isGood = await run(stage);
    printMachine(seed);
    return isGood;
  } finally {
    await stage.close();
  }
}
