import type { Flag } from '@commonsight/types/review';
import type { User } from '@commonsight/types/user';
import type { SupervisedViewing } from '@commonsight/types/viewing';
import { usePurposeName } from '../grant/usePurposeName.ts';
import { formatBytes, formatClock, formatExactTime, formatTimeOfDay } from '../incident/format.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { TableHead } from '../ui/TableHead.tsx';
import { endReasonNames, roleNames } from '../ui/words.ts';
import { FlagWords } from './FlagWords.tsx';
import { flowOf } from './viewingRows.ts';

export interface ViewingTableProps {
  rows: readonly SupervisedViewing[];
  flagsOf: (viewingId: string) => readonly Flag[];
  nowMs: number;
  canEnd: boolean;
  onEnd: (viewingId: string) => void;
  canSuspend: (user: User) => boolean;
  onSuspend: (user: User) => void;
}

const headings = [
  'Who',
  'Camera',
  'Incident',
  'Purpose',
  { name: 'Since', isRight: true },
  'Flags',
  'Packets',
  { name: 'Received', isRight: true },
] as const;

/** One line for each viewing; on a narrow screen a line becomes a card. */
export function ViewingTable({ rows, flagsOf, nowMs, canEnd, onEnd, canSuspend, onSuspend }: ViewingTableProps) {
  return (
    <ScrollRegion label="Viewings">
      <table className="figures w-full border-collapse text-left max-md:block">
        <caption className="sr-only">Viewings</caption>
        <TableHead headings={headings} acts="End" />
        <tbody className="max-md:block">
          {rows.map((viewing) => (
            <ViewingRow
              key={viewing.id}
              viewing={viewing}
              flags={flagsOf(viewing.id)}
              nowMs={nowMs}
              canEnd={canEnd}
              onEnd={onEnd}
              canSuspend={canSuspend}
              onSuspend={onSuspend}
            />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const cell = 'h-9 px-3 py-1 max-md:h-auto max-md:min-w-0 max-md:px-0 max-md:py-0.5';

interface ViewingRowProps {
  viewing: SupervisedViewing;
  flags: readonly Flag[];
  nowMs: number;
  canEnd: boolean;
  onEnd: (viewingId: string) => void;
  canSuspend: (user: User) => boolean;
  onSuspend: (user: User) => void;
}

function ViewingRow({ viewing, flags, nowMs, canEnd, onEnd, canSuspend, onSuspend }: ViewingRowProps) {
  const purposeName = usePurposeName();
  const { endedAt, traffic } = viewing;
  const untilMs = endedAt === null ? nowMs : Date.parse(endedAt);
  return (
    <tr
      data-viewing={viewing.id}
      data-ended={endedAt === null ? undefined : true}
      className={classes(
        'border-b border-line hover:bg-surface-1 max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:px-3 max-md:py-2.5',
        endedAt === null ? 'text-text' : 'text-subtle [&_.aside]:text-subtle',
      )}
    >
      <th scope="row" className={classes(cell, 'font-medium max-md:col-start-1 max-md:row-start-1')}>
        {viewing.user.name}
        <span className="aside ml-2 text-xs font-normal text-muted">{roleNames[viewing.user.role]}</span>
      </th>
      <td className={classes(cell, 'max-md:col-start-1 max-md:row-start-2')}>
        <span className="block max-w-80 truncate" title={viewing.cameraName}>
          {viewing.cameraName}
          <span className="aside ml-2 text-xs text-muted">{viewing.stream}</span>
        </span>
      </td>
      <td className={classes(cell, 'max-md:col-span-2 max-md:row-start-3')}>
        <span className="block max-w-96 truncate" title={viewing.incidentTitle}>
          <span className="font-medium">#{viewing.incidentNumber}</span> {viewing.incidentTitle}
        </span>
      </td>
      <td className={classes(cell, 'whitespace-nowrap max-md:col-start-1 max-md:row-start-4')}>
        {purposeName(viewing.purpose)}
      </td>
      <td className={classes(cell, 'text-right whitespace-nowrap max-md:col-start-2 max-md:row-start-1')}>
        <time dateTime={viewing.startedAt} title={`Since ${formatExactTime(viewing.startedAt)}`}>
          {formatClock(untilMs - Date.parse(viewing.startedAt))}
        </time>
        <span className="aside ml-2 text-xs text-muted">{formatTimeOfDay(viewing.startedAt)}</span>
      </td>
      <td className={classes(cell, 'max-w-72 max-md:col-span-2 max-md:row-start-5 max-md:max-w-none')}>
        <FlagWords flags={flags} />
      </td>
      {endedAt === null ? (
        <>
          <td className={classes(cell, 'whitespace-nowrap max-md:col-start-2 max-md:row-start-2 max-md:text-right')}>
            <FlowWords viewing={viewing} />
          </td>
          <td className={classes(cell, 'text-right whitespace-nowrap max-md:col-start-2 max-md:row-start-4')}>
            {traffic === null ? '' : formatBytes(traffic.bytes)}
          </td>
          <td className={classes(cell, 'w-0 text-right max-md:col-span-2 max-md:w-auto max-md:pt-1.5')}>
            <span className="inline-flex gap-2">
              {canSuspend(viewing.user) ? (
                <Button size="sm" look="quiet" onClick={() => onSuspend(viewing.user)}>
                  Disable user
                </Button>
              ) : null}
              {canEnd ? (
                <Button size="sm" onClick={() => onEnd(viewing.id)}>
                  End viewing
                </Button>
              ) : null}
            </span>
          </td>
        </>
      ) : (
        <td colSpan={3} className={classes(cell, 'max-md:col-span-2')}>
          <EndWords viewing={viewing} />
        </td>
      )}
    </tr>
  );
}

function FlowWords({ viewing }: { viewing: SupervisedViewing }) {
  const flow = flowOf(viewing);
  if (flow === 'unknown') {
    return (
      <span className="inline-flex items-center gap-1.5 text-muted">
        <StatusSymbol kind="waiting" />
        not reported yet
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusSymbol kind={flow === 'flowing' ? 'live' : 'stale'} />
      {flow === 'flowing' ? 'flowing' : 'not flowing'}
      <span className="text-muted">{Math.round(viewing.traffic?.packetsPerSecond ?? 0)}/s</span>
    </span>
  );
}

function EndWords({ viewing: { endReason, endedBy, endNote } }: { viewing: SupervisedViewing }) {
  const reason = endReason === null ? 'Ended' : endReasonNames[endReason];
  const by =
    endedBy === null
      ? reason
      : endReason === 'endedBySupervisor'
        ? `Ended by ${endedBy.name}`
        : `${reason}, ${endedBy.name}`;
  return (
    <span className="flex items-center gap-1.5">
      <StatusSymbol kind="off" />
      <span className="min-w-0 break-words">
        {by}
        {endNote === null ? '' : `: ${endNote}`}
      </span>
    </span>
  );
}
