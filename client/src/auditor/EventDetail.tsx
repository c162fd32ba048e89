import type { AuditEvent } from '@commonsight/types/audit-event';
import { useEffect, useState } from 'react';
import { formatExactTime } from '../incident/format.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { checkEntry, type EntryVerdict } from './checkEntry.ts';
import { actorWords, detailWords, wordsOf } from './eventWords.ts';
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
    <section aria-label={`Entry ${auditEvent.sequence}`} className="flex flex-col gap-3 border-b border-line p-4">
      <header>
        <h2 className="m-0 text-base font-semibold">{wordsOf(auditEvent.type)}</h2>
        <p className="figures m-0 text-muted">
          Entry {auditEvent.sequence} · {formatExactTime(auditEvent.at)}
        </p>
      </header>
      <ProofWords verdict={verdict} />
      <Facts auditEvent={auditEvent} />
      <details>
        <summary className="w-fit rounded-sm text-muted">As the log has it</summary>
        <pre className="m-0 mt-2 rounded-md break-all bg-surface-2 p-2 font-mono text-xs whitespace-pre-wrap">
          {JSON.stringify(auditEvent, null, 2)}
        </pre>
      </details>
      {mayFind ? <OpenFinding sequence={auditEvent.sequence} onOpened={onFound} /> : null}
    </section>
  );
}

function ProofWords({ verdict }: { verdict: EntryVerdict | null }) {
  const kind = verdict === null ? 'waiting' : verdict.isProven ? 'live' : 'stale';
  return (
    <output
      data-proof={verdict?.isProven ?? 'checking'}
      className="flex items-baseline gap-2 rounded-md bg-surface-2 px-3 py-2"
    >
      <StatusSymbol kind={kind} />
      {verdict === null ? 'Checking its proof…' : verdictWords(verdict)}
    </output>
  );
}

function Facts({ auditEvent }: { auditEvent: AuditEvent }) {
  const { targetKind, targetId, sourceAddress, grantId } = auditEvent;
  const target = targetKind === null ? null : `${wordsOf(targetKind)} ${targetId ?? ''}`.trim();
  const facts: [name: string, words: string | null][] = [
    ['Outcome', wordsOf(auditEvent.outcome)],
    ['Who', actorWords(auditEvent)],
    ['From', sourceAddress],
    ['On what', target],
    ['Grant', grantId],
    ...Object.entries(auditEvent.details).map(([name, value]): [string, string] => [
      wordsOf(name),
      detailWords(name, value) ?? JSON.stringify(value),
    ]),
  ];
  return (
    <dl className="figures m-0 grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1">
      {facts.map(([name, words]) =>
        words === null ? null : (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="m-0 min-w-0 break-words whitespace-pre-wrap">{words}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function verdictWords(verdict: EntryVerdict): string {
  if (!verdict.isProven) return `Not proven. ${verdict.reason}`;
  return `Proven: it is in the signed log of ${verdict.size} entries, by ${verdict.hashes} hashes that this browser checked.`;
}
