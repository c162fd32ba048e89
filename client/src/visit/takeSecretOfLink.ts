/**
 * Takes a mailed link's secret out of the address at once, and leaves `path` there: in the address it is seen over a shoulder and
 * kept in the history. Null when there is none.
 */
export function takeSecretOfLink(path: string): string | null {
  const secret = window.location.hash.slice(1);
  window.history.replaceState(window.history.state, '', path);
  return secret === '' ? null : secret;
}
