import type { SupervisedSession } from '@commonsight/types/session-board';
import { usePurposeName } from '../../grant/usePurposeName.ts';
import { formatBytes, formatClock, formatCount, formatElapsed, formatExactTime } from '../../incident/format.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { StatusSymbol } from '../../ui/StatusSymbol.tsx';
import { TableHead } from '../../ui/TableHead.tsx';
import { roleNames } from '../../ui/words.ts';
import { MessageState } from './MessageState.tsx';
import { reasonWords, screenWords, sessionStateWords, watchedMs } from './sessionRows.ts';

export interface SessionTableProps {
  rows: readonly SupervisedSession[];
  nowMs: number;
  ownSessionId: string;
  onOpen: (sessionId: string) => void;
}

const toTheRight = (name: string) => ({ name, isRight: true as const });
const headings = [
  'Who',
  'State',
  toTheRight('Signed in'),
  toTheRight('Active'),
  'Walls',
  'Watching',
  toTheRight('Watched'),
  toTheRight('Received'),
  'Message',
];

/** One line for each session; on a narrow screen a line becomes a card. */
export function SessionTable({ rows, nowMs, ownSessionId, onOpen }: SessionTableProps) {
  return (
    <ScrollRegion label="Sessions">
      <table className="figures w-full border-collapse text-left max-md:block">
        <caption className="sr-only">Sessions</caption>
        <TableHead headings={headings} acts="Open" />
        <tbody className="max-md:block">
          {rows.map((session) => (
            <SessionLine
              key={session.id}
              session={session}
              nowMs={nowMs}
              isOwn={session.id === ownSessionId}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const cell = 'h-10 px-3 py-1 max-md:h-auto max-md:min-w-0 max-md:px-0 max-md:py-0.5';

interface SessionLineProps {
  session: SupervisedSession;
  nowMs: number;
  isOwn: boolean;
  onOpen: (sessionId: string) => void;
}

function SessionLine({ session, nowMs, isOwn, onOpen }: SessionLineProps) {
  const { user, viewings, startedAt, lastActiveAt, messages } = session;
  const state = sessionStateWords(session);
  const walls = screenWords(session.screens);
  const reasons = reasonWords(viewings, usePurposeName());
  const ago = (moment: string): number => nowMs - Date.parse(moment);
  return (
    <tr
      data-session={session.id}
      className="border-b border-line hover:bg-surface-1 max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:px-3 max-md:py-2.5"
    >
      <th scope="row" className={classes(cell, 'font-medium max-md:col-start-1 max-md:row-start-1')}>
        {user.name}
        <span className="ml-2 text-xs font-normal text-muted">
          {roleNames[user.role]}
          {isOwn ? ', this session' : ''}
        </span>
      </th>
      <td className={classes(cell, 'whitespace-nowrap max-md:col-start-2 max-md:row-start-1')}>
        <span className="inline-flex items-center gap-1.5">
          <StatusSymbol kind={state.kind} />
          {state.words}
        </span>
      </td>
      <td className={classes(cell, 'text-right whitespace-nowrap max-md:hidden')}>
        <time dateTime={startedAt} title={`Since ${formatExactTime(startedAt)}`}>
          {formatElapsed(ago(startedAt))}
        </time>
      </td>
      <td className={classes(cell, 'text-right whitespace-nowrap text-muted max-md:col-start-2 max-md:row-start-2')}>
        <time dateTime={lastActiveAt} title={formatExactTime(lastActiveAt)}>
          {formatElapsed(ago(lastActiveAt))} ago
        </time>
      </td>
      <td className={classes(cell, 'max-md:col-start-1 max-md:row-start-2')}>
        <span className={classes('block max-w-52 truncate', walls === '' && 'text-muted')} title={walls}>
          {walls === '' ? 'No wall' : walls}
        </span>
      </td>
      <td className={classes(cell, 'max-md:col-span-2 max-md:row-start-3')}>
        {viewings.length === 0 ? (
          <span className="text-muted">No camera</span>
        ) : (
          <span className="block max-w-72 truncate max-md:max-w-none" title={reasons}>
            {formatCount(new Set(viewings.map(({ cameraId }) => cameraId)).size, 'camera')}
            <span className="ml-2 text-xs text-muted">{reasons}</span>
          </span>
        )}
      </td>
      <td className={classes(cell, 'text-right whitespace-nowrap max-md:hidden')}>
        {formatClock(watchedMs(session, nowMs))}
      </td>
      <td className={classes(cell, 'text-right whitespace-nowrap max-md:hidden')}>{formatBytes(session.bytes)}</td>
      <td className={classes(cell, 'whitespace-nowrap max-md:col-start-1 max-md:row-start-4')}>
        <MessageState message={messages[0]} />
      </td>
      <td className={classes(cell, 'w-0 text-right max-md:col-start-2 max-md:row-start-4 max-md:w-auto max-md:pt-1.5')}>
        <Button size="sm" aria-label={`Open the session of ${user.name}`} onClick={() => onOpen(session.id)}>
          Open
        </Button>
      </td>
    </tr>
  );
}
