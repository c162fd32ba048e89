import { timestamp, uuid } from 'drizzle-orm/pg-core';

/** A moment with milliseconds in UTC, as `momentSchema` writes it. */
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });

export const primaryId = () => uuid().primaryKey();
