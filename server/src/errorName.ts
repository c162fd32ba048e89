/**
 * What may be logged of an error of a mail server or push service: its code, else its name. Its message may name the address
 * that it was about.
 */
export function errorName(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
