import type { AuditEvent } from '@commonsight/types/audit-event';
import { useEffect, useState } from 'react';
import { checkEntry, type EntryVerdict } from './checkEntry.ts';
import { OpenFinding } from './FindingList.tsx';

/** One event, whole, with its proof. */
export function EventDetail({
  agencyId,
  auditEvent,
  mayFind,
  onFound,
}: {
  agencyId: string;
  auditEvent: AuditEvent;
  mayFind: boolean;
  onFound: () => void;
}) {
  const [verdict, setVerdict] = useState<EntryVerdict | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const check = async (): Promise<void> => {
      const found = await checkEntry(agencyId, auditEvent);
      if (isCurrent) setVerdict(found);
    };
    void check();
    return () => {
      isCurrent = false;
    };
  }, [agencyId, auditEvent]);
  return (
    <section aria-label={`Entry ${auditEvent.sequence}`} className="border-b border-line p-3">
      <h2 className="m-0 text-base font-semibold">
        Entry {auditEvent.sequence}: {auditEvent.type}
      </h2>
      <output data-proof={verdict?.isProven ?? 'checking'} className="mt-1 block">
        {verdict === null ? 'Checking its proof…' : verdictWords(verdict)}
      </output>
      <pre className="m-0 mt-2 rounded-md break-all bg-surface-2 p-2 font-mono text-xs whitespace-pre-wrap">
        {JSON.stringify(auditEvent, null, 2)}
      </pre>
      {mayFind ? <OpenFinding sequence={auditEvent.sequence} onOpened={onFound} /> : null}
    </section>
  );
}

function verdictWords(verdict: EntryVerdict): string {
  if (!verdict.isProven) return `Not proven. ${verdict.reason}`;
  return `Proven: it is in the signed log of ${verdict.size} entries, by ${verdict.hashes} hashes that this browser checked.`;
}
