import type { AuditEvent } from '@commonsight/types/audit-event';
import { formatExactTime } from '../incident/format.ts';
import { classes } from '../ui/classes.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { actorWords, gist, wordsOf } from './eventWords.ts';

const headings = ['Entry', 'When', 'Act', 'Outcome', 'Who', 'About'] as const;
const cell = 'border-b border-line px-3 py-1.5';

/** Events, one a line; a line is chosen by pointer anywhere, by key at its number. */
export function EventTable({
  events,
  chosenId,
  onChoose,
}: {
  events: readonly AuditEvent[];
  chosenId: string | null;
  onChoose: (auditEvent: AuditEvent) => void;
}) {
  return (
    <table className="figures w-full border-collapse text-left">
      <caption className="sr-only">Audit events</caption>
      <thead className="sticky top-0 z-1 bg-surface-0">
        <tr>
          {headings.map((heading) => (
            <th
              key={heading}
              scope="col"
              className="h-8 border-b border-line px-3 text-2xs font-semibold tracking-wide text-subtle uppercase"
            >
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {events.map((auditEvent) => (
          <EventRow
            key={auditEvent.id}
            auditEvent={auditEvent}
            isChosen={auditEvent.id === chosenId}
            onChoose={() => onChoose(auditEvent)}
          />
        ))}
      </tbody>
    </table>
  );
}

function EventRow({
  auditEvent,
  isChosen,
  onChoose,
}: {
  auditEvent: AuditEvent;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const isRefused = auditEvent.outcome === 'refused';
  return (
    <tr
      data-event-type={auditEvent.type}
      onClick={onChoose}
      className={classes('cursor-default', isChosen ? 'bg-accent-soft' : 'hover:bg-surface-1')}
    >
      <td className={cell}>
        {/* The row hears the click of its button as well. */}
        <button
          type="button"
          aria-pressed={isChosen}
          className="rounded-sm bg-transparent px-1 text-accent underline underline-offset-2"
        >
          {auditEvent.sequence}
        </button>
      </td>
      <td className={classes(cell, 'whitespace-nowrap text-muted')}>{formatExactTime(auditEvent.at)}</td>
      <td className={classes(cell, 'whitespace-nowrap')}>{wordsOf(auditEvent.type)}</td>
      <td className={cell}>
        <span className={classes('inline-flex items-center gap-1.5', isRefused ? 'text-stale' : 'text-muted')}>
          {isRefused ? <StatusSymbol kind="warn" className="text-stale" /> : null}
          {wordsOf(auditEvent.outcome)}
        </span>
      </td>
      <td className={classes(cell, 'whitespace-nowrap')}>{actorWords(auditEvent)}</td>
      <td className={classes(cell, 'w-1/2 max-w-0 truncate text-muted max-md:max-w-60')}>{gist(auditEvent)}</td>
    </tr>
  );
}
