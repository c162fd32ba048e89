import type { CallResult } from './CallResult.ts';

/** What a browser answers to a ceremony, as JSON. */
export interface PasskeyAnswer {
  [key: string]: unknown;
  id: string;
  rawId: string;
  type: 'public-key';
}

/** Whether this browser knows passkeys, in the form in which the server speaks of them. */
export function knowsPasskeys(): boolean {
  return 'PublicKeyCredential' in globalThis && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

/** Lets the person use a passkey. `aborted`: it was cancelled. */
export function askForPasskey(options: Record<string, unknown>): Promise<CallResult<PasskeyAnswer>> {
  return ceremony('This passkey cannot be used here.', () => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
      options as unknown as PublicKeyCredentialRequestOptionsJSON,
    );
    return navigator.credentials.get({ publicKey });
  });
}

/** Lets the person make a passkey. `aborted`: it was cancelled. */
export function makePasskey(options: Record<string, unknown>): Promise<CallResult<PasskeyAnswer>> {
  return ceremony('This device could not make a passkey, or has one for this account already.', () => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      options as unknown as PublicKeyCredentialCreationOptionsJSON,
    );
    return navigator.credentials.create({ publicKey });
  });
}

async function ceremony(failure: string, begin: () => Promise<Credential | null>): Promise<CallResult<PasskeyAnswer>> {
  try {
    const credential = await begin();
    if (!(credential instanceof PublicKeyCredential)) return { state: 'aborted' };
    const { id, rawId, ...rest } = credential.toJSON() as unknown as Record<string, unknown>;
    return { state: 'ok', value: { ...rest, id: String(id), rawId: String(rawId), type: 'public-key' } };
  } catch (error) {
    const isCancelled =
      error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');
    return isCancelled ? { state: 'aborted' } : { state: 'failed', error: { code: 'badRequest', message: failure } };
  }
}
