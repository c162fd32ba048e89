import type { CallError } from '../api/CallResult.ts';

/** What was tried, for the sentence about its failure. */
export type TriedFactor = 'password' | 'totp' | 'backupCode' | 'passkey';

const lockWords = 'After five wrong tries in 15 minutes the account is locked until an administrator releases it.';

const wrong: Readonly<Record<TriedFactor, string>> = {
  password: `Email or password is wrong. ${lockWords}`,
  totp: `This code is wrong, was used already or is too old. Wait for the next one. ${lockWords}`,
  backupCode: `This backup code is wrong or was used already. ${lockWords}`,
  passkey: 'The passkey was not accepted. Try again, or use your password.',
};

/**
 * What to do about a failed try. Whoever tries learns nothing about the account: for one that is locked or does not exist
 * the words are the same.
 */
export function failedTryWords(factor: TriedFactor, error: CallError): string {
  if (error.code === 'wrongCredentials') return wrong[factor];
  if (error.code === 'tooManyRequests') return 'Too many tries from this network. Wait a minute and try again.';
  if (error.code === 'badRequest') return wrong[factor];
  return error.message;
}

/** A factor was asked for again at a running session, which goes on whatever was entered. */
export function reauthenticationWords(factor: 'password' | 'totp', error: CallError): string {
  if (error.code !== 'wrongCredentials') return error.message;
  return factor === 'totp' ? wrong.totp : `The password is wrong, or the account is locked. ${lockWords}`;
}

/** The own password was asked for again: whose account it is stands on the screen. */
export function ownPasswordWords(error: CallError): string {
  if (error.code === 'wrongCredentials')
    return 'The password is wrong. Five wrong tries in 15 minutes end the session.';
  return error.message;
}
