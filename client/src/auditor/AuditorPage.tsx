import type { AuditEvent } from '@commonsight/types/audit-event';
import type { Finding } from '@commonsight/types/finding';
import { findingRoutes } from '@commonsight/types/http/finding-routes';
import { logRoutes } from '@commonsight/types/http/log-routes';
import { SearchX } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import { OfficePage } from '../app/OfficePage.tsx';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { EventDetail } from './EventDetail.tsx';
import { EventTable } from './EventTable.tsx';
import { FindingList } from './FindingList.tsx';
import { LogState } from './LogState.tsx';
import { type Asked, SearchForm } from './SearchForm.tsx';

const eventsPerPage = 100;

/** What was done, for who checks it from outside the chain of command. There is no video here. */
export function AuditorPage() {
  const workspace = useWorkspace();
  return (
    <OfficePage
      title="Audit log"
      permission="audit.read"
      isFor="auditors"
      purpose="It shows what was done in this agency."
    >
      <AuditLog agencyId={workspace.me.agency.id} mayFind={workspace.can('finding.write')} />
    </OfficePage>
  );
}

function AuditLog({ agencyId, mayFind }: { agencyId: string; mayFind: boolean }) {
  const [asked, setAsked] = useState<Asked>({});
  const [events, setEvents] = useState<readonly AuditEvent[]>([]);
  const [isRead, setIsRead] = useState(false);
  const [hasMore, setHasMore] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [chosen, setChosen] = useState<AuditEvent | null>(null);
  const [findings, setFindings] = useState<readonly Finding[]>([]);

  const search = useCallback(async (wanted: Asked, before?: number): Promise<void> => {
    const query = { ...wanted, limit: eventsPerPage, ...(before === undefined ? {} : { before }) };
    const result = await call(logRoutes.listAuditEvents, { query });
    if (result.state === 'failed') setProblem(result.error.message);
    if (result.state !== 'ok') return;
    const found = result.value.events;
    setProblem(null);
    setAsked(wanted);
    setIsRead(true);
    setEvents((earlier) => (before === undefined ? found : [...earlier, ...found]));
    setHasMore(found.length === eventsPerPage);
  }, []);

  const sample = useCallback(async (wanted: Asked): Promise<void> => {
    const result = await call(findingRoutes.sampleAuditEvents, { query: { ...wanted, limit: 20 } });
    if (result.state === 'failed') setProblem(result.error.message);
    if (result.state !== 'ok') return;
    setProblem(null);
    setAsked(wanted);
    setIsRead(true);
    setEvents(result.value.events);
    setHasMore(false);
  }, []);

  const readFindings = useCallback(async (): Promise<void> => {
    const result = await call(findingRoutes.listFindings);
    if (result.state === 'ok') setFindings(result.value.findings);
  }, []);

  useEffect(() => {
    const start = async (): Promise<void> => {
      await search({});
      await readFindings();
    };
    void start();
  }, [search, readFindings]);

  const last = events.at(-1);
  return (
    <>
      <LogState agencyId={agencyId} asked={asked} />
      <SearchForm onSearch={(wanted) => void search(wanted)} onSample={(wanted) => void sample(wanted)} />
      {problem === null ? null : (
        <p role="alert" className="m-0 px-3 py-2 text-stale">
          {problem}
        </p>
      )}
      <div className="grid min-h-0 grow lg:grid-cols-[1fr_30rem]">
        <ScrollRegion label="Audit events" className="overflow-x-auto">
          {events.length === 0 && isRead ? (
            <EmptyState icon={<SearchX />} title="No entry fits">
              Ask for less, or for a longer time.
            </EmptyState>
          ) : (
            <EventTable events={events} chosenId={chosen?.id ?? null} onChoose={setChosen} />
          )}
          {hasMore && last !== undefined ? (
            <Button className="m-3" onClick={() => void search(asked, last.sequence)}>
              Show older ones
            </Button>
          ) : null}
        </ScrollRegion>
        <aside className="min-h-0 overflow-auto border-l border-line">
          {chosen === null ? (
            <p className="m-0 border-b border-line p-4 text-muted">Choose an entry to see it whole, with its proof.</p>
          ) : (
            <EventDetail
              key={chosen.id}
              agencyId={agencyId}
              auditEvent={chosen}
              mayFind={mayFind}
              onFound={() => void readFindings()}
            />
          )}
          <FindingList findings={findings} mayClose={mayFind} onClosed={() => void readFindings()} />
        </aside>
      </div>
    </>
  );
}
