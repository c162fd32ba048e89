import { Outlet, useNavigate, useRouteContext } from '@tanstack/react-router';
import { useEffect } from 'react';
import { WorkspaceContext } from './WorkspaceContext.ts';

/** Gives the pages behind the sign-in their workspace, and leaves for the sign-in page when the session ends. */
export function SignedInLayout() {
  const { workspace, signedIn } = useRouteContext({ from: '/signedIn' });
  const navigate = useNavigate();
  useEffect(
    () =>
      signedIn.session.subscribe((session) => {
        if (session.state !== 'signedOut') return;
        const here = `${window.location.pathname}${window.location.search}`;
        // Who signs out on purpose starts anew; who was put out comes back to where they were.
        void navigate({ to: '/sign-in', search: session.reason === 'signedOut' ? {} : { to: here } });
      }),
    [signedIn, navigate],
  );
  return (
    <WorkspaceContext value={workspace}>
      <Outlet />
    </WorkspaceContext>
  );
}
