/** Nothing can be said about the log: a file that is not there, a wrong key, a server out of reach. */
export class CannotCheck extends Error {
  override name = 'CannotCheck';
}
