import { useRouteContext, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { LoadingPage } from '../app/LoadingPage.tsx';
import { readSession } from '../state/session.ts';
import { Button } from '../ui/Button.tsx';
import { SessionShell } from './SessionShell.tsx';
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
      <Titled title="Before you go on">
        <UseNoticeForm
          onAccepted={() => void readSession(signedIn.session)}
          onSignOut={() => void signedIn.signOut()}
        />
      </Titled>
    );
  }
  if (state === 'locked' || state === 'secondFactorNeeded') {
    return (
      <Titled title="Sign in again">
        <div className="flex flex-col gap-4">
          <p className="m-0 text-base">This session is over. The wall is kept as it is.</p>
          <Button look="primary" size="lg" onClick={() => void signedIn.signOut()}>
            Sign in again
          </Button>
        </div>
      </Titled>
    );
  }
  return <LoadingPage />;
}

function Titled({ title, children }: { title: string; children: React.ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Commonsight`;
  }, [title]);
  return (
    <SessionShell title={title} isWide>
      {children}
    </SessionShell>
  );
}
