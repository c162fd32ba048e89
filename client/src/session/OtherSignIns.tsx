import { sessionRoutes } from '@commonsight/types/http/session-routes';
import { KeyRound, LogIn } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { askForPasskey, knowsPasskeys } from '../api/passkey.ts';
import { useRead } from '../incident/useRead.ts';
import { Button } from '../ui/Button.tsx';
import { FormError } from './FormError.tsx';
import { failedTryWords } from './signInWords.ts';

const readOptions = () => call(sessionRoutes.signInOptions);

export interface OtherSignInsProps {
  onSignedIn: () => void;
  onSecondFactorNeeded: () => void;
}

/** Passkey and single sign-on, where the server offers them; nothing where it cannot be asked. */
export function OtherSignIns({ onSignedIn, onSecondFactorNeeded }: OtherSignInsProps) {
  const options = useRead(readOptions);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function usePasskey(): Promise<void> {
    setIsBusy(true);
    setError(null);
    const asked = await call(sessionRoutes.passkeySignInOptions);
    const answer = asked.state === 'ok' ? await askForPasskey(asked.value.options) : asked;
    const result =
      answer.state === 'ok'
        ? await call(sessionRoutes.signInWithPasskey, { body: { response: answer.value } })
        : answer;
    setIsBusy(false);
    if (result.state === 'failed') setError(failedTryWords('passkey', result.error));
    else if (result.state === 'ok' && result.value.next === 'session') onSignedIn();
    else if (result.state === 'ok') onSecondFactorNeeded();
  }

  async function goToProvider(): Promise<void> {
    setIsBusy(true);
    setError(null);
    const result = await call(sessionRoutes.startOidcSignIn);
    if (result.state === 'ok') {
      window.location.assign(result.value.url);
      return;
    }
    setIsBusy(false);
    if (result.state === 'failed') setError('The single sign-on does not answer. Try again, or use your password.');
  }

  if (options.state !== 'loaded') return null;
  const { hasPasskeys, oidc } = options.value;
  const offersPasskeys = hasPasskeys && knowsPasskeys();
  if (!offersPasskeys && oidc === null) return null;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-4">
      {offersPasskeys ? (
        <Button size="lg" disabled={isBusy} onClick={() => void usePasskey()}>
          <KeyRound className="size-4" aria-hidden />
          Use a passkey
        </Button>
      ) : null}
      {oidc === null ? null : (
        <Button size="lg" disabled={isBusy} onClick={() => void goToProvider()}>
          <LogIn className="size-4" aria-hidden />
          Go on with {oidc.name}
        </Button>
      )}
      <FormError>{error}</FormError>
    </div>
  );
}
