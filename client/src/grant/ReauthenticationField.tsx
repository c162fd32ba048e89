import type { Reauthentication } from '@commonsight/types/grant-request';
import type { OwnSession } from '@commonsight/types/session';
import { useState } from 'react';
import { CodeField } from '../session/CodeField.tsx';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';

export interface ReauthenticationFieldProps {
  session: OwnSession;
  /** Null until it is complete. */
  onChange: (proof: Reauthentication | null) => void;
}

/** Password or code once more: what proves that it is the user who sits there. */
export function ReauthenticationField({ session, onChange }: ReauthenticationFieldProps) {
  const factors = session.unlockFactors.filter((factor) => factor !== 'passkey');
  const [factor, setFactor] = useState<'password' | 'totp'>(factors[0] ?? 'password');
  const [entered, setEntered] = useState('');
  const other = factors.find((candidate) => candidate !== factor);

  function enter(value: string): void {
    setEntered(value);
    if (factor === 'totp') onChange(/^\d{6}$/.test(value) ? { factor, code: value } : null);
    else onChange(value === '' ? null : { factor, password: value });
  }

  if (factors.length === 0) {
    return (
      <p className="m-0">
        This needs your password or a code again, and your account has neither. Add an authenticator app on the page
        Your account.
      </p>
    );
  }
  return (
    <div className="flex flex-col items-start gap-1.5 [&>:first-child]:self-stretch">
      {factor === 'totp' ? (
        <CodeField value={entered} onChange={enter} onComplete={() => undefined} />
      ) : (
        <Field
          label="Your password, once more"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={entered}
          onChange={({ target }) => enter(target.value)}
        />
      )}
      {other === undefined ? null : (
        <Button
          size="sm"
          look="quiet"
          onClick={() => {
            setFactor(other);
            setEntered('');
            onChange(null);
          }}
        >
          {other === 'password' ? 'Use the password' : 'Use the app’s code'}
        </Button>
      )}
    </div>
  );
}
