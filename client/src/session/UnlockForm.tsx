import { sessionRoutes } from '@commonsight/types/http/session-routes';
import type { OwnSession } from '@commonsight/types/session';
import { KeyRound } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { call } from '../api/call.ts';
import { askForPasskey, knowsPasskeys } from '../api/passkey.ts';
import type { SessionLock, UnlockProof } from '../state/SessionLock.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { CodeField } from './CodeField.tsx';
import { focusIt } from './focusIt.ts';
import { FormError } from './FormError.tsx';
import { failedTryWords, ownPasswordWords, type TriedFactor } from './signInWords.ts';

export interface UnlockFormProps {
  lock: SessionLock;
  session: OwnSession;
  onSignOut: () => void;
}

/** One factor of the session's own user unlocks it. */
export function UnlockForm({ lock, session, onSignOut }: UnlockFormProps) {
  const factors = session.unlockFactors;
  const typed = factors.filter((factor) => factor !== 'passkey');
  const [chosen, setChosen] = useState<'password' | 'totp'>(typed[0] ?? 'password');
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const other = typed.find((factor) => factor !== chosen);

  async function prove(proof: UnlockProof): Promise<void> {
    setIsBusy(true);
    setError(null);
    const result = await lock.unlock(proof);
    setIsBusy(false);
    setCode('');
    setPassword('');
    if (result.state === 'failed') say(proof.factor, result.error);
  }

  function say(factor: TriedFactor, failure: Parameters<typeof failedTryWords>[1]): void {
    setError(factor === 'password' ? ownPasswordWords(failure) : failedTryWords(factor, failure));
  }

  async function usePasskey(): Promise<void> {
    setIsBusy(true);
    setError(null);
    const asked = await call(sessionRoutes.unlockPasskeyOptions);
    const answer = asked.state === 'ok' ? await askForPasskey(asked.value.options) : asked;
    setIsBusy(false);
    if (answer.state === 'ok') await prove({ factor: 'passkey', response: answer.value });
    else if (answer.state === 'failed') say('passkey', answer.error);
  }

  function submit(submitted: FormEvent): void {
    submitted.preventDefault();
    if (isBusy) return;
    void prove(chosen === 'password' ? { factor: 'password', password } : { factor: 'totp', code });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {typed.length === 0 ? null : chosen === 'password' ? (
        <Field
          ref={focusIt}
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          isLarge
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      ) : (
        <CodeField
          inputRef={focusIt}
          value={code}
          onChange={setCode}
          onComplete={(full) => void prove({ factor: 'totp', code: full })}
          isDisabled={isBusy}
        />
      )}
      {factors.length === 0 ? (
        <p className="m-0 text-base">Sign out, and sign in again the way you came. The wall is kept.</p>
      ) : null}
      <FormError>{error}</FormError>
      {typed.length === 0 ? null : (
        <Button look="primary" size="lg" type="submit" disabled={isBusy}>
          Unlock
        </Button>
      )}
      {factors.includes('passkey') && knowsPasskeys() ? (
        <Button size="lg" disabled={isBusy} onClick={() => void usePasskey()}>
          <KeyRound className="size-4" aria-hidden />
          Unlock with a passkey
        </Button>
      ) : null}
      <div className="flex flex-wrap justify-between gap-2">
        {other === undefined ? (
          <span />
        ) : (
          <Button
            look="quiet"
            onClick={() => {
              setChosen(other);
              setError(null);
            }}
          >
            {other === 'password' ? 'Use the password' : 'Use the app’s code'}
          </Button>
        )}
        <Button look="quiet" onClick={onSignOut}>
          Sign out
        </Button>
      </div>
    </form>
  );
}
