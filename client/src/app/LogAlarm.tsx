import { Link } from '@tanstack/react-router';
import { useStore } from 'zustand';
import { alarmSentences } from '../state/witnesses.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { useWorkspace } from './WorkspaceContext.ts';

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/**
 * Stands above every page of those who may read the audit log while a relay raises an alarm about it. Nothing here takes
 * it away: the owner of the relay does, at the relay.
 */
export function LogAlarm() {
  const { witnesses: store } = useWorkspace();
  const { witnesses } = useStore(store);
  const alarmed = witnesses.filter(({ alarm }) => alarm !== null);
  if (alarmed.length === 0) return null;
  return (
    <section
      aria-label="Alarm about the audit log"
      className="flex shrink-0 flex-wrap items-start gap-x-4 gap-y-1 border-b-2 border-stale bg-surface-2 px-3 py-2"
    >
      <StatusSymbol kind="stale" className="mt-1 size-4 shrink-0" />
      <div role="alert" className="min-w-0 grow basis-72">
        <strong className="text-stale">The audit log is not what it was</strong>
        <ul className="m-0 list-none p-0">
          {alarmed.map(({ relayId, relayName, siteName, alarm }) =>
            alarm === null ? null : (
              <li key={relayId} className="break-words">
                <strong>{relayName}</strong>, {siteName}, since {moment.format(new Date(alarm.since))}:{' '}
                {alarmSentences[alarm.kind]}
              </li>
            ),
          )}
        </ul>
        <p className="m-0 text-muted">
          Do not restart or restore anything. The relay holds the evidence and its owner alone ends the alarm.
        </p>
      </div>
      <Link to="/auditor" className="shrink-0 text-accent underline underline-offset-4">
        Audit log
      </Link>
    </section>
  );
}
