import { z } from 'zod';

/** The questions, in their order; the last is the summary. */
export const steps = [
  'agency',
  'kind',
  'placement',
  'place',
  'view',
  'covers',
  'retention',
  'recording',
  'clock',
  'contact',
  'summary',
] as const;

export type Step = (typeof steps)[number];

export const stepSchema = z.enum(steps);
