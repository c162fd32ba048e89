import { Outlet, useNavigate, useRouteContext } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { AlertBanner } from '../alert/AlertBanner.tsx';
import { MessageBanner } from '../message/MessageBanner.tsx';
import { LockScreen } from '../session/LockScreen.tsx';
import { LockWarning } from '../session/LockWarning.tsx';
import { useSessionLock } from '../session/useSessionLock.ts';
import { SupervisorNotices } from '../supervisor/SupervisorNotices.tsx';
import { ownSession } from '../state/session.ts';
import { LogAlarm } from './LogAlarm.tsx';
import { WorkspaceContext } from './WorkspaceContext.ts';

/** Gives the pages behind the sign-in their workspace, and leaves for the sign-in page when the session ends. */
export function SignedInLayout() {
  const { workspace, signedIn } = useRouteContext({ from: '/signedIn' });
  const navigate = useNavigate();
  useSessionLock(signedIn);
  const session = useStore(signedIn.session);
  const own = ownSession(session);
  useEffect(
    () =>
      signedIn.session.subscribe((session) => {
        const here = `${window.location.pathname}${window.location.search}`;
        const state = ownSession(session)?.state;
        if (state === 'noticeNeeded' || state === 'secondFactorNeeded') {
          void navigate({ to: '/continue', search: { to: here } });
        }
        if (session.state !== 'signedOut') return;
        // Who signs out on purpose starts anew; who was put out comes back to where they were.
        void navigate({ to: '/sign-in', search: session.reason === 'signedOut' ? {} : { to: here } });
      }),
    [signedIn, navigate],
  );
  return (
    <WorkspaceContext value={workspace}>
      <div className="flex h-full flex-col">
        <LogAlarm />
        {workspace.can('alert.read') ? <AlertBanner /> : null}
        <div className="min-h-0 grow">
          <Outlet />
        </div>
      </div>
      {workspace.can('grant.approve') ? <SupervisorNotices /> : null}
      <MessageBanner />
      {own?.state === 'active' && own.locksAt !== null ? <LockWarning locksAt={own.locksAt} /> : null}
      {session.state === 'signedIn' && own?.state === 'locked' ? (
        <LockScreen signedIn={signedIn} me={session.me} />
      ) : null}
    </WorkspaceContext>
  );
}
