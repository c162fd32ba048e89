import type { SupervisedSession } from '@commonsight/types/session-board';
import { type ReactNode, useState } from 'react';
import { useWorkspace } from '../../app/WorkspaceContext.ts';
import { usePurposeName } from '../../grant/usePurposeName.ts';
import { formatBytes, formatClock, formatElapsed, formatExactTime, formatTimeOfDay } from '../../incident/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { StatusSymbol } from '../../ui/StatusSymbol.tsx';
import { roleNames } from '../../ui/words.ts';
import { EndSessionForm } from './EndSessionForm.tsx';
import { MessageForm } from './MessageForm.tsx';
import { MessageState } from './MessageState.tsx';
import { sessionStateWords, watchedMs } from './sessionRows.ts';
import { WatchedWalls } from './WatchedWalls.tsx';

export interface SessionDialogProps {
  /** Undefined once it has ended. */
  session: SupervisedSession | undefined;
  nowMs: number;
  onClose: () => void;
}

type Act = 'look' | 'message' | 'end';

/** One session with its walls in miniature. Whoever works on them is told for as long as this is open. */
export function SessionDialog({ session, nowMs, onClose }: SessionDialogProps) {
  const { me, can } = usePermissions();
  const purposeName = usePurposeName();
  const [act, setAct] = useState<Act>('look');
  const [last, setLast] = useState(session);
  if (session !== undefined && session !== last) setLast(session);
  if (session === undefined) {
    return (
      <Dialog
        isOpen
        onClose={onClose}
        size="sm"
        title="The session has ended"
        description={last === undefined ? 'It is not there any more.' : `${last.user.name} is signed out here.`}
        actions={<Button onClick={onClose}>Back to the list</Button>}
      />
    );
  }
  const { user } = session;
  const isOwn = user.id === me.user.id;
  const isOperator = user.role !== 'administrator' && user.role !== 'auditor';
  const title = `${user.name}, ${roleNames[user.role].toLowerCase()}`;
  if (act === 'message') return <MessageForm session={session} onDone={() => setAct('look')} />;
  if (act === 'end') return <EndSessionForm session={session} onDone={() => setAct('look')} onEnded={onClose} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="lg"
      title={title}
      actions={
        <>
          {isOwn ? <span className="grow text-muted">This is your own session.</span> : null}
          {!isOwn && !isOperator ? (
            <span className="grow text-muted">Only an administrator ends this session.</span>
          ) : null}
          {!isOwn && isOperator && session.deviceClass !== 'wallDisplay' && can('message.send') ? (
            <Button onClick={() => setAct('message')}>Send message</Button>
          ) : null}
          {!isOwn && isOperator && can('session.end') ? (
            <Button look="danger" onClick={() => setAct('end')}>
              End session
            </Button>
          ) : null}
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <Facts session={session} nowMs={nowMs} />
      <WatchedWalls session={session} isOwn={isOwn} />
      <Part title="Cameras that are watched">
        {session.viewings.length === 0 ? <p className="m-0 text-muted">None.</p> : null}
        <ul className="figures m-0 flex list-none flex-col gap-1 p-0">
          {session.viewings.map((viewing) => (
            <li key={viewing.id} className="flex items-baseline gap-3">
              <span className="min-w-0 truncate">{viewing.cameraName}</span>
              <span className="min-w-0 grow truncate text-xs text-muted" title={viewing.incidentTitle}>
                #{viewing.incidentNumber} {purposeName(viewing.purpose)}
              </span>
              <span className="shrink-0">{formatClock(nowMs - Date.parse(viewing.startedAt))}</span>
            </li>
          ))}
        </ul>
      </Part>
      {session.messages.length === 0 ? null : (
        <Part title="Messages">
          <ul className="m-0 flex list-none flex-col gap-2 p-0">
            {session.messages.map((message) => (
              <li key={message.id} className="flex flex-col gap-0.5">
                <span className="break-words whitespace-pre-wrap">{message.text}</span>
                <span className="figures flex flex-wrap gap-x-3 text-xs text-muted">
                  {message.by.name}, {formatTimeOfDay(message.sentAt)}
                  <MessageState message={message} />
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </Dialog>
  );
}

function usePermissions() {
  const workspace = useWorkspace();
  return { me: workspace.me, can: (permission: Parameters<typeof workspace.can>[0]) => workspace.can(permission) };
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-4">
      <h3 className="m-0 mb-1.5 text-xs font-semibold text-muted">{title}</h3>
      {children}
    </section>
  );
}

function Facts({ session, nowMs }: { session: SupervisedSession; nowMs: number }) {
  const state = sessionStateWords(session);
  const facts: [string, ReactNode][] = [
    [
      'State',
      <span key="state" className="inline-flex items-center gap-1.5">
        <StatusSymbol kind={state.kind} />
        {state.words}, {session.connections === 1 ? '1 window' : `${String(session.connections)} windows`} open
      </span>,
    ],
    [
      'Signed in',
      `${formatExactTime(session.startedAt)}${session.sourceAddress === null ? '' : `, from ${session.sourceAddress}`}`,
    ],
    ['Last active', `${formatElapsed(nowMs - Date.parse(session.lastActiveAt))} ago`],
    ['Watched', `${formatClock(watchedMs(session, nowMs))}, ${formatBytes(session.bytes)} received`],
  ];
  return (
    <dl className="figures m-0 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="m-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
