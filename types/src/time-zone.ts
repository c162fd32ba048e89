import { z } from 'zod';

/** Whether this engine knows a time zone of this name, such as `America/Chicago`. */
export function isTimeZone(name: string): boolean {
  // An offset such as +05:00 is a time zone to some engines and knows no summer.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A time zone by its name in the IANA database. */
export const timeZoneSchema = z
  .string()
  .max(60)
  .refine(isTimeZone, 'This is no time zone. Write one such as America/Chicago.');
