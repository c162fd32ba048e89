import type { Fault } from './Fault.ts';

/** Every fault by its name. */
export const FAULTS = {} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;
