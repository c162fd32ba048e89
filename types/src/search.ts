import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { positionSchema, viewConeSchema } from './position.ts';
import { purposeSchema } from './purpose.ts';
import { sharingModeSchema } from './relay/sharing.ts';
import {
  contactSchema,
  coverageSchema,
  recordingSchema,
  registrationKindSchema,
  registrationStateSchema,
} from './registration.ts';
import { lineSchema } from './text.ts';

/** How far a question reaches: no question is about a whole city. Metres. */
export const farthestSearchMetres = 2_000;
/** The longest diagonal of the box around a polygon or route. Metres. */
export const longestSearchMetres = 10_000;
export const widestRouteMetres = 500;
const mostVertices = 200;

/**
 * Where something happened. A `point` is asked with a radius within which cameras are listed that do not see the point; of
 * a `circle`, `polygon` (closed by itself) and `route` (of a width) those are listed that see into it or stand in it.
 */
export const searchShapeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('point'),
    point: positionSchema,
    radiusMetres: z.number().min(1).max(farthestSearchMetres),
  }),
  z.object({
    kind: z.literal('circle'),
    centre: positionSchema,
    radiusMetres: z.number().min(1).max(farthestSearchMetres),
  }),
  z.object({ kind: z.literal('polygon'), vertices: z.array(positionSchema).min(3).max(mostVertices) }),
  z.object({
    kind: z.literal('route'),
    vertices: z.array(positionSchema).min(2).max(mostVertices),
    widthMetres: z.number().min(1).max(widestRouteMetres),
  }),
]);

export type SearchShape = z.infer<typeof searchShapeSchema>;

/** When it happened, by the true time. */
export const searchWindowSchema = z
  .object({ from: momentSchema, to: momentSchema })
  .refine(({ from, to }) => Date.parse(from) <= Date.parse(to), {
    path: ['to'],
    error: 'The window ends before it begins.',
  });

export type SearchWindow = z.infer<typeof searchWindowSchema>;

export const searchSchema = z.object({ shape: searchShapeSchema, window: searchWindowSchema });

export type Search = z.infer<typeof searchSchema>;

/**
 * What has become of a window's recording. `kept`: nothing is overwritten yet; the first of it in `hoursLeft`, rounded
 * down. `partly`: its begin may be gone; the last of it in `hoursLeft`. `overwritten`: all of it.
 */
export const overwritingSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('kept'), hoursLeft: z.int().nonnegative() }),
  z.object({ state: z.literal('partly'), hoursLeft: z.int().nonnegative() }),
  z.object({ state: z.literal('overwritten') }),
]);

export type Overwriting = z.infer<typeof overwritingSchema>;

const foundBase = {
  id: idSchema,
  position: positionSchema,
  viewCone: viewConeSchema,
  /** Whether its view cone holds the point; of any other shape those alone are answered that see into it. */
  sees: z.boolean(),
  /** From the camera to the point, to the centre of a circle or polygon, or to a route's middle line. */
  distanceMetres: z.number().nonnegative(),
};

/** One line of the answer: a live camera, or a registration without anything about a person. */
export const foundSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('live'),
    ...foundBase,
    number: z.int(),
    name: z.string(),
    siteName: z.string(),
    /** What holds now, as the site's relay told last: not every live camera may be seen live, nor asked about. */
    sharingMode: sharingModeSchema,
    /** By what the site's owner has said; null: nobody knows for how long it is recorded, if it is. */
    overwriting: overwritingSchema.nullable(),
  }),
  z.object({
    kind: z.literal('registered'),
    ...foundBase,
    of: registrationKindSchema,
    covers: z.array(coverageSchema),
    recording: recordingSchema,
    retentionDays: z.int().nullable(),
    /** Null where the registrant does not know for how long it is kept. */
    overwriting: overwritingSchema.nullable(),
    /** How far the camera's clock is ahead of the true time. */
    clockOffsetSeconds: z.int(),
  }),
]);

export type FoundSource = z.infer<typeof foundSourceSchema>;

/** So many are answered; who needs the others asks a smaller question. */
export const mostFoundSources = 200;

/** Why a contact is wanted: for an open incident or, when there is none, under a case number. */
export const revealSchema = z
  .object({
    purpose: purposeSchema,
    incidentId: idSchema.nullable(),
    caseNumber: lineSchema(40).nullable(),
  })
  .refine(({ incidentId, caseNumber }) => (incidentId === null) !== (caseNumber === null), {
    path: ['caseNumber'],
    error: 'Give an incident or a case number, and not both.',
  });

export type Reveal = z.infer<typeof revealSchema>;

/** So many contacts a user reveals within an hour. */
export const mostRevealsAnHour = 20;

export const revealedContactSchema = z.object({ contact: contactSchema, address: z.string() });

export type RevealedContact = z.infer<typeof revealedContactSchema>;

/** A canary as its administrators see it: a registration of nobody, which it becomes some time after it was made. */
export const canarySchema = z.object({
  id: idSchema,
  /** Null while it waits. */
  registrationId: idSchema.nullable(),
  state: z.enum(['waiting', ...registrationStateSchema.options]),
  madeAt: momentSchema,
  /** Null when it is deleted. */
  position: positionSchema.nullable(),
});

export type Canary = z.infer<typeof canarySchema>;
