import { type FormEvent, useState } from 'react';
import type { CallResult } from '../api/CallResult.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { focusIt } from './focusIt.ts';
import { FormError } from './FormError.tsx';
import { ownPasswordWords } from './signInWords.ts';

export interface PasswordFormProps {
  /** On the button. */
  action: string;
  isDanger?: boolean;
  act: (password: string) => Promise<CallResult<unknown>>;
}

/** Asks for the own password again before the ways to sign in are changed. */
export function PasswordForm({ action, isDanger = false, act }: PasswordFormProps) {
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(submitted: FormEvent): Promise<void> {
    submitted.preventDefault();
    setIsBusy(true);
    setError(null);
    const result = await act(password);
    setIsBusy(false);
    setPassword('');
    if (result.state === 'failed') setError(ownPasswordWords(result.error));
  }

  return (
    <form onSubmit={(submitted) => void submit(submitted)} className="flex flex-col gap-4">
      <Field
        ref={focusIt}
        label="Your password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        isLarge
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      <FormError>{error}</FormError>
      <Button look={isDanger ? 'danger' : 'primary'} size="lg" type="submit" disabled={isBusy || password === ''}>
        {action}
      </Button>
    </form>
  );
}
