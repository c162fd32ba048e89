import type { TransparencyReport } from '@commonsight/types/transparency';
import { FigureTable } from './FigureTable.tsx';
import { dayWords } from './figureWords.ts';

/** An agency's report, whole: figures first, then what vouches for them. */
export function TransparencyReportView({ report }: { report: TransparencyReport }) {
  const { agency, period, figures, checkpoint } = report;
  const api = `/api/transparency/${agency.slug}`;
  return (
    <>
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div>
          <h1 className="m-0 text-xl font-semibold">Who looked through cameras, and why</h1>
          <p className="m-0 mt-1 text-base text-muted">
            {agency.name}, {dayWords(period.from)} to {dayWords(period.to)} (UTC).{' '}
            {period.delayDays === 0
              ? 'Published at once, because this is a training system.'
              : `Published ${period.delayDays} days late, so that nobody can follow what is being done now.`}
          </p>
        </div>
        <p className="m-0 flex gap-4 print:hidden">
          <a className="text-accent underline underline-offset-4" href={`${api}/figures.csv`} download>
            Table (CSV)
          </a>
          <a className="text-accent underline underline-offset-4" href={api}>
            All of it (JSON)
          </a>
        </p>
      </header>
      <p className="m-0 mt-2 max-w-240 text-xs text-muted">
        Numbers from 1 to 4 are withheld, and as many more as are needed so that nobody can compute them. What is not
        yet recorded is not counted as zero.
      </p>
      <div className="mt-4 gap-3 sm:columns-2 lg:columns-3 2xl:columns-4 print:columns-2">
        {figures.map((figure) => (
          <FigureTable key={figure.id} figure={figure} />
        ))}
      </div>
      <div className="mt-1 grid gap-3 lg:grid-cols-3 print:grid-cols-1">
        <Proof title="Check these figures">
          <p className="m-0">
            They are computed from the audit log, whose lines nobody can change or take away without being found. This
            is the state of the log that they come from:
          </p>
          <dl className="m-0 mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
            <dt className="text-muted">Log</dt>
            <dd className="m-0 break-all">{checkpoint.origin}</dd>
            <dt className="text-muted">Lines</dt>
            <dd className="figures m-0">{checkpoint.size}</dd>
            <dt className="text-muted">Root</dt>
            <dd className="m-0 font-mono text-xs break-all">{checkpoint.root}</dd>
          </dl>
        </Proof>
        <Proof title="No face recognition">
          <p className="m-0">{report.faceRecognition.statement}</p>
          <p className="m-0 mt-2 text-xs text-muted">
            Held by the test <q>{report.faceRecognition.testName}</q> in{' '}
            <code className="break-all">{report.faceRecognition.testFile}</code>.
          </p>
        </Proof>
        <Policy policy={report.policy} />
      </div>
    </>
  );
}

function Policy({ policy }: { policy: TransparencyReport['policy'] }) {
  if (policy === null) return null;
  return (
    <Proof title="The policy">
      <p className="m-0">{policy.name}: for which purposes, for how long, with whose approval.</p>
      <p className="m-0 mt-2 font-mono text-xs break-all">SHA-256 {policy.hash}</p>
      <details className="mt-2">
        <summary className="cursor-pointer text-accent">Read the policy</summary>
        <pre className="m-0 mt-2 font-mono text-2xs whitespace-pre-wrap">{policy.text}</pre>
      </details>
    </Proof>
  );
}

function Proof({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="min-w-0 break-inside-avoid rounded-lg bg-surface-1 p-3 inset-ring inset-ring-line">
      <h2 className="m-0 mb-1 text-base font-semibold">{title}</h2>
      {children}
    </section>
  );
}
