export interface Outcome {
  passed: number;
  failed: number;
  /** What a person wants to know of it, beside what the check itself has printed. */
  remarks: readonly string[];
}

export interface Check {
  title: string;
  run(): Promise<Outcome>;
}

export const passedOnce: Outcome = { passed: 1, failed: 0, remarks: [] };

export function failedOnce(...remarks: string[]): Outcome {
  return { passed: 0, failed: 1, remarks };
}
