import { z } from 'zod';

/** Every record's id: a UUID, version 7 where this project makes it, so that ids sort by their time of creation. */
export const idSchema = z.uuid();

export type Id = z.infer<typeof idSchema>;

/** A moment of a record: ISO 8601 in UTC with milliseconds. Media clocks use numbers named `...AtMs` instead. */
export const momentSchema = z.iso.datetime();
