import type { Ledger } from '@commonsight/types/ledger';
import { alarmSentences } from '../state/witnesses.ts';
import { RelayCommand } from '../ui/RelayCommand.tsx';

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** What the site's own relays say about the log that this ledger is read from. */
export function WitnessLines({ witnesses }: { witnesses: Ledger['witnesses'] }) {
  if (witnesses.length === 0) return null;
  return (
    <ul aria-label="What your relays say about the log" className="m-0 mt-2 list-none p-0">
      {witnesses.map(({ relayName, cosignedAt, alarm }, at) => (
        <li key={`${relayName} ${at}`} className="break-words">
          {alarm === null ? (
            <span className="text-muted">
              {cosignedAt === null
                ? `${relayName} has not checked the log behind this page yet.`
                : `${relayName} checked the log behind this page at ${moment.format(new Date(cosignedAt))}.`}
            </span>
          ) : (
            <span role="alert" className="block rounded-md border-2 border-stale p-3 text-base">
              <strong>{relayName} raises an alarm. This ledger may be wrong.</strong> {alarmSentences[alarm]} Run this
              at the relay, which shows the evidence without asking the server:
              <RelayCommand act="log status" />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
