import { sessionRoutes } from '@commonsight/types/http/session-routes';
import { type FormEvent, useState } from 'react';
import { call } from '../api/call.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { CodeField } from './CodeField.tsx';
import { focusIt } from './focusIt.ts';
import { FormError } from './FormError.tsx';
import { failedTryWords } from './signInWords.ts';

export interface SecondFactorFormProps {
  onSignedIn: () => void;
  /** Back to email and password. */
  onStartAgain: () => void;
}

/** The second factor of a sign-in: a code of the app, or one of the backup codes. */
export function SecondFactorForm({ onSignedIn, onStartAgain }: SecondFactorFormProps) {
  const [factor, setFactor] = useState<'totp' | 'backupCode'>('totp');
  const [code, setCode] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function prove(given: string): Promise<void> {
    if (isBusy || given.trim() === '') return;
    setIsBusy(true);
    setError(null);
    const result = await call(sessionRoutes.proveSecondFactor, { body: { factor, code: given.trim() } });
    if (result.state === 'ok' && result.value.next === 'session') {
      onSignedIn();
      return;
    }
    setIsBusy(false);
    setCode('');
    if (result.state === 'failed') setError(failedTryWords(factor, result.error));
  }

  function submit(submitted: FormEvent): void {
    submitted.preventDefault();
    void prove(code);
  }

  function change(to: 'totp' | 'backupCode'): void {
    setFactor(to);
    setCode('');
    setError(null);
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <h2 className="m-0 text-lg font-semibold">Second factor</h2>
      {factor === 'totp' ? (
        <CodeField
          inputRef={focusIt}
          value={code}
          onChange={setCode}
          onComplete={(full) => void prove(full)}
          isDisabled={isBusy}
        />
      ) : (
        <Field
          ref={focusIt}
          label="Backup code"
          name="backupCode"
          value={code}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          isLarge
          disabled={isBusy}
          description="One of the codes that you kept when you set up the second factor. Each works once."
          onChange={({ target }) => setCode(target.value)}
        />
      )}
      <FormError>{error}</FormError>
      <Button look="primary" size="lg" type="submit" disabled={isBusy}>
        Continue
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        <Button look="quiet" onClick={() => change(factor === 'totp' ? 'backupCode' : 'totp')}>
          {factor === 'totp' ? 'Use a backup code' : 'Use the app’s code'}
        </Button>
        <Button look="quiet" onClick={onStartAgain}>
          Start again
        </Button>
      </div>
    </form>
  );
}
