import { z } from 'zod';

/** Why somebody looks. Free text is not a purpose: "investigation" has covered too much elsewhere. */
export const purposeSchema = z.enum([
  'emergencyResponse',
  'violentCrime',
  'propertyCrime',
  'trafficIncident',
  'missingPerson',
  'publicEvent',
  'training',
]);

export type Purpose = z.infer<typeof purposeSchema>;
