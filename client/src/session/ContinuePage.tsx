import { useRouteContext, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { LoadingPage } from '../app/LoadingPage.tsx';
import { Button } from '../ui/Button.tsx';
import { readSession } from '../state/session.ts';
import { SecondFactorSetUp } from './SecondFactorSetUp.tsx';
import { SessionShell, type SessionShellProps } from './SessionShell.tsx';
import { UnlockForm } from './UnlockForm.tsx';
import { UseNoticeForm } from './UseNoticeForm.tsx';

/** What a session still needs before it is good for anything. Then the way goes on to where it was meant to go. */
export function ContinuePage() {
  const { signedIn } = useRouteContext({ from: '__root__' });
  const { to } = useSearch({ from: '/continue' });
  const router = useRouter();
  const session = useStore(signedIn.session);
  const state = session.state === 'signedIn' ? session.me.session.state : null;

  useEffect(() => {
    if (session.state === 'unknown') void readSession(signedIn.session);
  }, [session.state, signedIn]);
  useEffect(() => {
    // Signed out or active: the page behind decides, and leads over the sign-in where that is needed.
    if (session.state === 'signedOut' || state === 'active') router.history.replace(to ?? '/');
  }, [session.state, state, to, router]);

  if (state === 'noticeNeeded') {
    return (
      <Titled title="Before you go on" isWide>
        <UseNoticeForm
          onAccepted={() => void readSession(signedIn.session)}
          onSignOut={() => void signedIn.signOut()}
        />
      </Titled>
    );
  }
  if (state === 'secondFactorNeeded') {
    return (
      <Titled
        title="Set up a second factor"
        description="Your agency asks for a code of your phone at each sign-in."
        isWide
      >
        <SecondFactorSetUp onDone={() => void readSession(signedIn.session)} />
        <div className="mt-3 flex justify-end">
          <Button look="quiet" onClick={() => void signedIn.signOut()}>
            Sign out
          </Button>
        </div>
      </Titled>
    );
  }
  if (session.state === 'signedIn' && state === 'locked') {
    return (
      <Titled title="Locked" description={`${session.me.user.name}, ${session.me.agency.name}`}>
        <UnlockForm lock={signedIn.lock} session={session.me.session} onSignOut={() => void signedIn.signOut()} />
      </Titled>
    );
  }
  return <LoadingPage />;
}

function Titled({ title, ...shell }: SessionShellProps) {
  useEffect(() => {
    document.title = `${title} · Commonsight`;
  }, [title]);
  return <SessionShell title={title} {...shell} />;
}
