import { availableParallelism, loadavg } from 'node:os';

/** Under what the figures above were measured, and how to make the same run again. */
export function printMachine(seed: number): void {
  console.log(`Seed ${seed}; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.`);
}
