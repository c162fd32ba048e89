import type { RouteResponse } from '@commonsight/types/http/route';
import { userRoutes } from '@commonsight/types/http/user-routes';
import { type FormEvent, useState } from 'react';
import { call } from '../api/call.ts';
import { formatExactTime } from '../incident/format.ts';
import { Button } from '../ui/Button.tsx';
import { FormError } from './FormError.tsx';
import { NewPasswordField } from './NewPasswordField.tsx';
import { passwordWords } from './passwordWords.ts';
import { UseNoticeText } from './UseNoticeText.tsx';

export interface InvitationFormProps {
  token: string;
  invitation: RouteResponse<(typeof userRoutes)['readInvitation']>;
  /** With what the server says about the password, if there is something to better. */
  onAccepted: (advice: string | null) => void;
}

/** Sets the password and accepts the use notice, in one step. */
export function InvitationForm({ token, invitation, onAccepted }: InvitationFormProps) {
  const { email, endsAt, useNotice } = invitation;
  const [password, setPassword] = useState('');
  const [hasAgreed, setHasAgreed] = useState(false);
  const [passwordError, setPasswordError] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function accept(submitted: FormEvent): Promise<void> {
    submitted.preventDefault();
    setIsBusy(true);
    setError(null);
    setPasswordError(null);
    const body = { token, password, useNoticeVersion: useNotice.version };
    const result = await call(userRoutes.acceptInvitation, { body });
    if (result.state === 'ok') {
      onAccepted(result.value.advice);
      return;
    }
    setIsBusy(false);
    if (result.state !== 'failed') return;
    const { code, message } = result.error;
    if (code === 'badRequest') setPasswordError(message);
    else if (code === 'codeNotAccepted') setError('The link was used already or is too old. Ask for a new one.');
    else setError(code === 'conflict' ? 'The use notice has changed. Open the link again.' : message);
  }

  return (
    <form onSubmit={(submitted) => void accept(submitted)} className="flex flex-col gap-4">
      {/* Lets a password manager keep the pair. */}
      <input type="text" name="email" autoComplete="username" value={email} readOnly hidden aria-label="Email" />
      <p className="m-0 text-muted">
        You will sign in as <span className="font-semibold break-all text-text">{email}</span>.
      </p>
      <NewPasswordField
        label="Password"
        value={password}
        onChange={(typed) => {
          setPassword(typed);
          setPasswordError(null);
        }}
        error={passwordError}
      />
      <h2 className="m-0 mt-1 text-lg font-semibold">{useNotice.title}</h2>
      <UseNoticeText notice={useNotice} />
      <label className="flex items-start gap-2.5 text-base">
        <input
          type="checkbox"
          required
          checked={hasAgreed}
          onChange={({ target }) => setHasAgreed(target.checked)}
          className="mt-0.5 size-4.5 shrink-0 accent-accent"
        />
        I have read this and accept it.
      </label>
      <FormError>{error}</FormError>
      <Button
        look="primary"
        size="lg"
        type="submit"
        disabled={isBusy || !hasAgreed || passwordWords(password).strength === 'tooShort'}
      >
        Set password
      </Button>
      <p className="m-0 text-xs text-subtle">This link works once, until {formatExactTime(endsAt)}.</p>
    </form>
  );
}
