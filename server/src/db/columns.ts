import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, timestamp, uuid } from 'drizzle-orm/pg-core';

/** A moment with milliseconds in UTC, as `momentSchema` writes it. */
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });

export const primaryId = () => uuid().primaryKey();

/**
 * The box of degrees around all that a camera can see, as an expression that PostgreSQL's own GiST indexes without any
 * extension. A question asks for those that overlap its own box. Null without a position.
 */
export function viewBox(table: { latitude: AnyPgColumn; longitude: AnyPgColumn; rangeMetres: AnyPgColumn }): SQL {
  const { latitude, longitude, rangeMetres } = table;
  // A little less than a degree's metres, so that the box is never too small; no city is nearer to a pole than 85 degrees.
  const degrees = sql`(${rangeMetres} / 111000)`;
  const wide = sql`(${rangeMetres} / (111000 * greatest(cosd(${latitude}), 0.08)))`;
  return sql`box(point(${longitude} - ${wide}, ${latitude} - ${degrees}), point(${longitude} + ${wide}, ${latitude} + ${degrees}))`;
}
