/** A secret in groups of four, as people type it. */
export function secretGroups(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}
