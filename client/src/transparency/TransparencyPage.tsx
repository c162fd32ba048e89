import { transparencyRoutes } from '@commonsight/types/http/transparency-routes';
import type { TransparencyReport } from '@commonsight/types/transparency';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import { PublicLinks } from '../app/PublicLinks.tsx';
import { NotFoundPage } from '../app/plainPages.tsx';
import { TransparencyReportView } from './TransparencyReportView.tsx';

type Reading =
  | { state: 'reading' | 'notFound' }
  | { state: 'failed'; message: string }
  | { state: 'agencies'; agencies: readonly { slug: string; name: string }[] }
  | { state: 'report'; report: TransparencyReport };

/** Public: what was done with the cameras, in figures. With several agencies it asks which. */
export function TransparencyPage() {
  const { agency } = useParams({ strict: false });
  const [reading, setReading] = useState<Reading>({ state: 'reading' });
  useEffect(() => {
    document.title = 'Transparency · Commonsight';
    const abort = new AbortController();
    void show(agency, abort.signal, setReading);
    return () => abort.abort();
  }, [agency]);
  if (reading.state === 'notFound') return <NotFoundPage what="page" />;
  return (
    <main
      aria-busy={reading.state === 'reading'}
      className="daylight relative h-full overflow-y-auto p-4 text-sm sm:px-6 print:h-auto print:overflow-visible print:p-0"
    >
      <div className="mx-auto max-w-480">
        {reading.state === 'report' ? (
          <TransparencyReportView report={reading.report} />
        ) : (
          <>
            <h1 className="m-0 text-xl font-semibold">Who looked through cameras, and why</h1>
            <Waiting reading={reading} />
          </>
        )}
        <PublicLinks />
      </div>
    </main>
  );
}

function Waiting({ reading }: { reading: Exclude<Reading, { state: 'report' }> }) {
  if (reading.state === 'failed') {
    return (
      <p role="alert" className="text-base">
        {reading.message}
      </p>
    );
  }
  if (reading.state !== 'agencies') return <p className="text-base text-muted">Reading the figures…</p>;
  if (reading.agencies.length === 0) return <p className="text-base">No agency publishes figures here yet.</p>;
  return (
    <ul className="text-base">
      {reading.agencies.map(({ slug, name }) => (
        <li key={slug}>
          <Link
            to="/transparency/$agency"
            params={{ agency: slug }}
            className="text-accent underline underline-offset-4"
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}

async function show(agency: string | undefined, signal: AbortSignal, set: (reading: Reading) => void): Promise<void> {
  const reading = await read(agency, signal);
  if (reading !== null) set(reading);
}

/** Null when it was given up. */
async function read(agency: string | undefined, signal: AbortSignal): Promise<Reading | null> {
  if (agency === undefined) {
    const result = await call(transparencyRoutes.listTransparency, { signal });
    if (result.state === 'aborted') return null;
    if (result.state === 'failed') return { state: 'failed', message: result.error.message };
    const { agencies, report } = result.value;
    return report === null ? { state: 'agencies', agencies } : { state: 'report', report };
  }
  const result = await call(transparencyRoutes.getTransparency, { params: { agency }, signal });
  if (result.state === 'aborted') return null;
  if (result.state === 'ok') return { state: 'report', report: result.value };
  if (result.error.code === 'notFound' || result.error.code === 'badRequest') return { state: 'notFound' };
  return { state: 'failed', message: result.error.message };
}
