import type { AuditEvent } from '@commonsight/types/audit-event';

/** Events, one a line; a line is chosen by its number. */
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
      <thead className="sticky top-0 bg-surface-0">
        <tr>
          {['Entry', 'When', 'Act', 'Outcome', 'Who', 'On what'].map((heading) => (
            <th key={heading} scope="col" className="h-8 border-b border-line px-3 text-xs font-semibold text-muted">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {events.map((auditEvent) => (
          <tr
            key={auditEvent.id}
            data-event-type={auditEvent.type}
            className={auditEvent.id === chosenId ? 'bg-accent-soft' : ''}
          >
            <td className="border-b border-line px-3 py-1">
              <button
                type="button"
                onClick={() => onChoose(auditEvent)}
                className="rounded-sm bg-transparent px-1 text-accent underline underline-offset-2"
              >
                {auditEvent.sequence}
              </button>
            </td>
            <td className="border-b border-line px-3 whitespace-nowrap">
              {new Date(auditEvent.at).toLocaleString('en-US')}
            </td>
            <td className="border-b border-line px-3">{auditEvent.type}</td>
            <td className={`border-b border-line px-3 ${auditEvent.outcome === 'refused' ? 'text-stale' : ''}`}>
              {auditEvent.outcome}
            </td>
            <td className="border-b border-line px-3">{auditEvent.actorName ?? auditEvent.actorKind}</td>
            <td className="border-b border-line px-3 text-muted">{auditEvent.targetKind ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
