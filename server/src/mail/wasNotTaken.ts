/** What fails before the first byte of a mail is on its way: no connection, or a file that could not be begun or named. */
const earlyCalls = new Set(['connect', 'getaddrinfo', 'mkdir', 'open', 'rename']);
/** What nodemailer waited for in vain before it could say anything. */
const earlyTimeouts = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT']);

/**
 * Whether a mail that could not be handed over was surely not taken, so that another try cannot be a second mail: the
 * mail server refused it in words, or was never reached. Of a connection that broke in between nobody knows.
 */
export function wasNotTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('responseCode' in error && typeof error.responseCode === 'number') return true;
  if ('syscall' in error && typeof error.syscall === 'string' && earlyCalls.has(error.syscall)) return true;
  if ('timeoutType' in error && typeof error.timeoutType === 'string' && earlyTimeouts.has(error.timeoutType))
    return true;
  return 'code' in error && error.code === 'EDNS';
}
