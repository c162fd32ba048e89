export interface FaultRunContext {
  /** How many: kills, mutations, runs of each. */
  count: number;
  /** Decides what a run makes at random, so that it can be made again. */
  seed: number;
  progress: (line: string) => void;
}

/** One thing that `pnpm faults` can show, with its figures; prints them itself. */
export interface FaultRun {
  name: string;
  /** What it does, for the usage. */
  title: string;
  /** The option that says how many (`--kills 1000`), and how many without it. Left out: there is nothing to count. */
  counted?: { option: string; byDefault: number };
  /** Whether everything was as it has to be. */
  run(context: FaultRunContext): Promise<boolean>;
}
