import { useRouteContext, useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { signIn } from '../api/account.ts';
import { readSession, type SignedOutReason } from '../state/session.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Logo } from '../ui/Logo.tsx';

const reasons: Readonly<Record<SignedOutReason, string>> = {
  signedOut: 'You are signed out.',
  expired: 'Your session is over. Sign in again to go on where you were.',
  userDisabled: 'This account was switched off. Ask your administrator.',
  endedByUser: 'You ended this session from another one of yours.',
  accountChanged: 'Your account was changed. Sign in again.',
};

export function SignInPage() {
  const { signedIn } = useRouteContext({ from: '__root__' });
  const { to } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const session = useStore(signedIn.session);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const reason = session.state === 'signedOut' ? session.reason : null;

  useEffect(() => {
    document.title = 'Sign in · Commonsight';
    form.current?.querySelector<HTMLInputElement>('input[type=email]')?.focus();
  }, []);

  async function submit(submitted: FormEvent<HTMLFormElement>): Promise<void> {
    submitted.preventDefault();
    const fields = new FormData(submitted.currentTarget);
    setIsBusy(true);
    setError(null);
    const result = await signIn(textOf(fields, 'email').trim(), textOf(fields, 'password'));
    if (result.state === 'ok') {
      await readSession(signedIn.session);
      router.history.replace(to ?? '/');
      return;
    }
    setIsBusy(false);
    if (result.state === 'failed') setError(result.error.message);
    form.current?.querySelector<HTMLInputElement>('input[type=password]')?.select();
  }

  return (
    <main className="flex h-full flex-col items-center justify-center gap-8 overflow-y-auto bg-[radial-gradient(60rem_30rem_at_50%_20%,#10202d_0%,transparent_70%)] p-6">
      <div className="flex flex-col items-center gap-3">
        <Logo className="size-14" />
        <h1 className="m-0 text-[1.75rem] leading-tight font-semibold tracking-tight">Commonsight</h1>
        <p className="m-0 text-base text-muted">Shared cameras on one wall, every view accounted for.</p>
      </div>
      <form
        ref={form}
        onSubmit={(submitted) => void submit(submitted)}
        className="flex w-full max-w-88 flex-col gap-4 rounded-lg bg-surface-1 p-6 inset-ring inset-ring-line"
      >
        {reason === null || error !== null ? null : <output className="text-muted">{reasons[reason]}</output>}
        <Field label="Email" name="email" type="email" autoComplete="username" required isLarge />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required isLarge />
        {error === null ? null : (
          <p role="alert" className="m-0 rounded-md bg-alert-soft px-3 py-2 text-[#ff9db4]">
            {error}
          </p>
        )}
        <Button look="primary" size="lg" type="submit" disabled={isBusy}>
          Sign in
        </Button>
      </form>
      <p className="m-0 max-w-88 text-center text-xs text-subtle">
        Signing in and every camera you open are written to the audit log, with your name and purpose.
      </p>
    </main>
  );
}

function textOf(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}
