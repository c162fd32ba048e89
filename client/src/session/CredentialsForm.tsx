import { sessionRoutes } from '@commonsight/types/http/session-routes';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { FormError } from './FormError.tsx';
import { failedTryWords } from './signInWords.ts';
import { textOf } from './textOf.ts';

export interface CredentialsFormProps {
  /** Why this page is shown, until something goes wrong. */
  reason: string | null;
  onSignedIn: () => void;
  onSecondFactorNeeded: () => void;
}

/** The first step of a sign-in: email and password. */
export function CredentialsForm({ reason, onSignedIn, onSecondFactorNeeded }: CredentialsFormProps) {
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLInputElement>('input[type=email]')?.focus(), []);

  async function submit(submitted: FormEvent<HTMLFormElement>): Promise<void> {
    submitted.preventDefault();
    const fields = new FormData(submitted.currentTarget);
    setIsBusy(true);
    setError(null);
    const credentials = { email: textOf(fields, 'email').trim(), password: textOf(fields, 'password') };
    const result = await call(sessionRoutes.signIn, { body: credentials });
    if (result.state === 'ok') {
      if (result.value.next === 'session') onSignedIn();
      else onSecondFactorNeeded();
      return;
    }
    setIsBusy(false);
    if (result.state === 'failed') setError(failedTryWords('password', result.error));
    form.current?.querySelector<HTMLInputElement>('input[type=password]')?.select();
  }

  return (
    <form ref={form} onSubmit={(submitted) => void submit(submitted)} className="flex flex-col gap-4">
      {reason === null || error !== null ? null : <output className="text-muted">{reason}</output>}
      <Field label="Email" name="email" type="email" autoComplete="username" required isLarge />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required isLarge />
      <FormError>{error}</FormError>
      <Button look="primary" size="lg" type="submit" disabled={isBusy}>
        Sign in
      </Button>
    </form>
  );
}
