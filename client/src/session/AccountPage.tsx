import { useRouteContext } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { PageHeader } from '../app/PageHeader.tsx';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { ownSession } from '../state/session.ts';
import { roleNames } from '../ui/words.ts';
import { PasskeySection } from './PasskeySection.tsx';
import { PasswordSection } from './PasswordSection.tsx';
import { SecondFactorSection } from './SecondFactorSection.tsx';
import { SessionsSection } from './SessionsSection.tsx';

/** The user's own account: where it is signed in, and how. */
export function AccountPage() {
  const { me } = useWorkspace();
  const { signedIn } = useRouteContext({ from: '__root__' });
  const own = useStore(signedIn.session, ownSession);
  // Who comes by the agency's own sign-in has no password here, and nothing that it would have to confirm.
  const hasPassword = own?.unlockFactors.includes('password') === true;
  const isDisplay = own?.deviceClass === 'wallDisplay';
  useEffect(() => {
    document.title = 'Your account · Commonsight';
  }, []);
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Your account" />
      <main className="min-h-0 grow relative overflow-y-auto">
        <div className="mx-auto flex max-w-200 flex-col gap-4 p-6 max-sm:p-3">
          <div>
            <p className="m-0 text-xl font-semibold">{me.user.name}</p>
            <p className="m-0 wrap-anywhere text-muted">
              {me.user.email}, {roleNames[me.user.role].toLowerCase()}, {me.agency.name}
            </p>
          </div>
          <SessionsSection />
          {hasPassword && !isDisplay ? (
            <>
              <SecondFactorSection hasSecondFactor={own.hasSecondFactor} />
              <PasskeySection />
              <PasswordSection />
            </>
          ) : null}
        </div>
      </main>
    </div>
  );
}
