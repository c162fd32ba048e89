import { Link } from '@tanstack/react-router';
import { userRoutes } from '@commonsight/types/http/user-routes';
import { useEffect, useMemo, useState } from 'react';
import { call } from '../api/call.ts';
import { useRead } from '../incident/useRead.ts';
import { Button } from '../ui/Button.tsx';
import { FormError } from './FormError.tsx';
import { InvitationForm } from './InvitationForm.tsx';
import { SessionShell } from './SessionShell.tsx';

/** Where an invitation's link leads. The token stands behind `#` and travels only in the body of requests. */
export function InvitationPage() {
  // Read once, and taken out of the address: what stands there is seen over a shoulder and kept in the history.
  const [token] = useState(() => window.location.hash.slice(1));
  const [advice, setAdvice] = useState<{ words: string | null } | null>(null);
  const read = useMemo(
    () => (token === '' ? null : () => call(userRoutes.readInvitation, { body: { token } })),
    [token],
  );
  const invitation = useRead(read);
  useEffect(() => {
    document.title = 'Invitation · Commonsight';
    window.history.replaceState(window.history.state, '', '/invitation');
    // Another link opened in this window changes only what stands behind `#`.
    const readAnew = (): void => window.location.reload();
    window.addEventListener('hashchange', readAnew);
    return () => window.removeEventListener('hashchange', readAnew);
  }, []);

  if (advice !== null) {
    return (
      <SessionShell title="Your account is ready" description="Sign in with your email and the password that you set.">
        <div className="flex flex-col gap-4">
          {advice.words === null ? null : <p className="m-0 text-muted">{advice.words}</p>}
          <Link
            to="/sign-in"
            className="inline-flex h-10 items-center justify-center rounded-md bg-accent px-4 text-base font-semibold text-surface-0 no-underline hover:bg-[#63d1ff]"
          >
            Go to sign-in
          </Link>
        </div>
      </SessionShell>
    );
  }
  if (invitation.state === 'loaded') {
    const { agencyName, name } = invitation.value;
    return (
      <SessionShell
        title={`Welcome, ${name}`}
        description={`${agencyName} has invited you to Commonsight. Set your password and read how the system may be used.`}
        isWide
      >
        <InvitationForm token={token} invitation={invitation.value} onAccepted={(words) => setAdvice({ words })} />
      </SessionShell>
    );
  }
  if (invitation.state === 'loading') {
    return (
      <SessionShell title="Commonsight">
        <p className="m-0 text-muted">Reading your invitation…</p>
      </SessionShell>
    );
  }
  return (
    <SessionShell title="This invitation cannot be used">
      <div className="flex flex-col gap-4">
        <FormError>
          {invitation.state === 'failed' && invitation.code === 'unreachable'
            ? invitation.message
            : 'The link was used already, is too old or is not complete. Ask your administrator for a new one.'}
        </FormError>
        {invitation.state === 'failed' && invitation.code === 'unreachable' ? (
          <Button onClick={invitation.retry}>Try again</Button>
        ) : null}
      </div>
    </SessionShell>
  );
}
