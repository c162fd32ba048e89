import { z } from 'zod';
import { agencySlugSchema, transparencyReportSchema } from '../transparency.ts';
import { rawAnswerSchema, type Route } from './route.ts';

const ofAgency = z.object({ agency: agencySlugSchema });

/** What anybody may know of what was done, after the delay. */
export const transparencyRoutes = {
  /** The agencies that publish figures, and with one agency its report. */
  listTransparency: {
    method: 'GET',
    path: '/api/transparency',
    response: z.object({
      agencies: z.array(z.object({ slug: z.string(), name: z.string() })),
      report: transparencyReportSchema.nullable(),
    }),
    permission: 'public',
    audit: 'public',
  },
  getTransparency: {
    method: 'GET',
    path: '/api/transparency/:agency',
    params: ofAgency,
    response: transparencyReportSchema,
    permission: 'public',
    audit: 'public',
  },
  /** The same as a table, `text/csv`: one row for each number. */
  getTransparencyTable: {
    method: 'GET',
    path: '/api/transparency/:agency/figures.csv',
    params: ofAgency,
    response: rawAnswerSchema,
    permission: 'public',
    audit: 'public',
  },
} as const satisfies Record<string, Route>;
