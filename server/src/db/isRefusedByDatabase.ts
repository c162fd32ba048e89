/** Classes of SQLSTATE that speak of the values: data exceptions, broken constraints, and what a trigger raises. */
const refusal = /^(22|23|P0)[0-9A-Z]{3}$/;

/** Whether the database answered and does not take these values, as opposed to one that does not answer. */
export function isRefusedByDatabase(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string' && refusal.test(current.code)) return true;
  }
  return false;
}
