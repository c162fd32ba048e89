/** Ends a `switch` over every case: the compiler refuses it when a case is missing. */
export function exhausted(value: never): never {
  throw new Error(`This case is not known: ${JSON.stringify(value)}`);
}
