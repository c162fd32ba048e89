import { useRouteContext, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { PublicLinks } from '../app/PublicLinks.tsx';
import { readSession, type SessionState, type SignedOutReason } from '../state/session.ts';
import { CredentialsForm } from './CredentialsForm.tsx';
import { FormError } from './FormError.tsx';
import { OtherSignIns } from './OtherSignIns.tsx';
import { SecondFactorForm } from './SecondFactorForm.tsx';
import { SessionShell } from './SessionShell.tsx';

const reasons: Readonly<Record<Exclude<SignedOutReason, 'endedBySupervisor'>, string>> = {
  signedOut: 'You are signed out.',
  expired: 'Your session is over. Sign in again to go on where you were.',
  userDisabled: 'This account was switched off. Ask your administrator.',
  endedByUser: 'You ended this session from another one of yours.',
  accountChanged: 'Your account was changed. Sign in again.',
};

function whySignedOut(session: SessionState): string | null {
  if (session.state !== 'signedOut' || session.reason === null) return null;
  if (session.reason !== 'endedBySupervisor') return reasons[session.reason];
  const { name, note } = session.endedBy ?? { name: 'A supervisor', note: '' };
  const why = note === '' ? '' : ` Reason: ${/[.?!]$/.test(note) ? note : `${note}.`}`;
  return `${name} ended your session.${why} Sign in again to go on where you were.`;
}

export function SignInPage() {
  const { signedIn } = useRouteContext({ from: '__root__' });
  const { to, signInRefused } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const session = useStore(signedIn.session);
  const [step, setStep] = useState<'credentials' | 'secondFactor'>('credentials');

  useEffect(() => {
    document.title = 'Sign in · Commonsight';
  }, []);

  async function goOn(): Promise<void> {
    await readSession(signedIn.session);
    router.history.replace(to ?? '/');
  }

  return (
    <SessionShell
      title="Commonsight"
      description="Shared cameras on one wall, every view accounted for."
      note="Signing in and every camera you open are written to the audit log, with your name and purpose."
    >
      {step === 'credentials' ? (
        <div className="flex flex-col gap-4">
          {signInRefused === undefined ? null : (
            <FormError>
              The single sign-on brought no account that may come in here. Ask your administrator, or use your password.
            </FormError>
          )}
          <CredentialsForm
            reason={whySignedOut(session)}
            onSignedIn={() => void goOn()}
            onSecondFactorNeeded={() => setStep('secondFactor')}
          />
          <OtherSignIns onSignedIn={() => void goOn()} onSecondFactorNeeded={() => setStep('secondFactor')} />
          <PublicLinks />
        </div>
      ) : (
        <SecondFactorForm onSignedIn={() => void goOn()} onStartAgain={() => setStep('credentials')} />
      )}
    </SessionShell>
  );
}
