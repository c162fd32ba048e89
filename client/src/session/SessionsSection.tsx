import { sessionRoutes } from '@commonsight/types/http/session-routes';
import type { Session } from '@commonsight/types/session';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatElapsed, formatExactTime } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { useRead } from '../incident/useRead.ts';
import { Button } from '../ui/Button.tsx';
import { tell, tellFailure } from '../ui/toast.tsx';
import { Section } from '../ui/Section.tsx';
import { deviceWords } from './deviceWords.ts';
import { FormError } from './FormError.tsx';
import { WallDisplayDialog } from './WallDisplayDialog.tsx';

/** Where the user is signed in, newest first, and the way to end it there. */
export function SessionsSection() {
  const [reader, setReader] = useState(() => () => call(sessionRoutes.listSessions));
  const read = useRead(reader);
  const readAgain = (): void => setReader(() => () => call(sessionRoutes.listSessions));
  return (
    <Section title="Where you are signed in" description="End what you do not know, and change your password then.">
      {read.state === 'loaded' ? (
        <ul className="m-0 mt-3 flex list-none flex-col divide-y divide-line p-0">
          {read.value.sessions.map((session) => (
            <SessionLine key={session.id} session={session} onChanged={readAgain} />
          ))}
        </ul>
      ) : read.state === 'failed' ? (
        <div className="mt-3 flex flex-col items-start gap-2">
          <FormError>{read.message}</FormError>
          <Button onClick={read.retry}>Try again</Button>
        </div>
      ) : (
        <p className="m-0 mt-3 text-muted">Reading sessions…</p>
      )}
    </Section>
  );
}

function SessionLine({ session, onChanged }: { session: Session; onChanged: () => void }) {
  const workspace = useWorkspace();
  const nowMs = useServerNowMs();
  const [isDeclaring, setIsDeclaring] = useState(false);
  const device = deviceWords(session.userAgent);
  const isDisplay = session.deviceClass === 'wallDisplay';

  async function end(): Promise<void> {
    const result = await call(sessionRoutes.endSession, { params: { id: session.id } });
    if (tellFailure(result)) tell(`The session in ${device} is ended.`);
    onChanged();
  }

  return (
    <li data-session={session.id} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-2.5">
      <div className="min-w-56 flex-1">
        <p className="m-0 font-medium text-text">
          {device}
          {session.isCurrent ? <span className="ml-2 text-xs font-normal text-accent">this one</span> : null}
          {isDisplay ? <span className="ml-2 text-xs font-normal text-warn">wall display</span> : null}
          {session.state === 'locked' ? <span className="ml-2 text-xs font-normal text-muted">locked</span> : null}
        </p>
        <p className="figures m-0 text-xs text-muted">
          Since <time dateTime={session.startedAt}>{formatExactTime(session.startedAt)}</time>
          {session.isCurrent ? '' : `, last used ${formatElapsed(nowMs - Date.parse(session.lastActiveAt))} ago`}
          {session.sourceAddress === null ? '' : `, from ${session.sourceAddress}`}
        </p>
      </div>
      {workspace.can('wallDisplay.declare') && !isDisplay && session.state === 'active' ? (
        <Button look="quiet" aria-label={`Make a wall display: ${device}`} onClick={() => setIsDeclaring(true)}>
          Make a wall display
        </Button>
      ) : null}
      {session.isCurrent ? null : (
        <Button aria-label={`End session: ${device}`} onClick={() => void end()}>
          End
        </Button>
      )}
      {isDeclaring ? (
        <WallDisplayDialog
          session={session}
          device={device}
          onClose={() => setIsDeclaring(false)}
          onDeclared={() => {
            setIsDeclaring(false);
            onChanged();
          }}
        />
      ) : null}
    </li>
  );
}
