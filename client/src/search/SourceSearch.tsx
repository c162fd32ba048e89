import { searchRoutes } from '@commonsight/types/http/search-routes';
import type { Incident } from '@commonsight/types/incident';
import type { Position } from '@commonsight/types/position';
import type { FoundSource, RevealedContact, Search } from '@commonsight/types/search';
import { getRouteApi } from '@tanstack/react-router';
import { type RefObject, useMemo, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { sentWords } from '../footage/ask/footageWords.ts';
import { RequestDialog } from '../footage/ask/RequestDialog.tsx';
import { localNowMs } from '../signaling/ServerClock.ts';
import { tell } from '../ui/toast.tsx';
import { useSend } from '../ui/useSend.ts';
import { QuestionForm } from './QuestionForm.tsx';
import { draftOfText, textOfQuestion } from './questionText.ts';
import { RevealDialog } from './RevealDialog.tsx';
import { draftAbout, type ReadDraft, readDraft, type SearchDraft } from './SearchDraft.ts';
import { SearchMap } from './SearchMap.tsx';
import { SourceList } from './SourceList.tsx';

/** Before an incident is reported something has happened, and after it for a while too. */
const minutesBefore = 30;
const minutesAfter = 15;
const minuteMs = 60_000;
const route = getRouteApi('/signedIn/search');

export interface SourceSearchProps {
  /** What it is asked for, as far as it is known. */
  incident: Incident | null;
  spot: Position | null;
  /** What was asked before a reload, by the page's address. */
  question: string | undefined;
}

/** An answer, with the question that it answers: the form may have gone on. */
export interface Answer {
  search: Search;
  sources: readonly FoundSource[];
  hasMore: boolean;
}

/** A question on the left, its answer below it, and both on the map. */
export function SourceSearch({ incident, spot, question }: SourceSearchProps) {
  const { clock } = useWorkspace();
  const nowMs = localNowMs() + clock.offsetMs;
  const [draft, setDraft] = useState<SearchDraft>(
    () => draftOfText(question ?? '') ?? firstDraft(incident, spot, nowMs),
  );
  const [isTried, setIsTried] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [asked, setAsked] = useState<FoundSource | null>(null);
  /** Whether those that see the place are shown alone. */
  const [isNarrow, setIsNarrow] = useState(false);
  const shown = useMemo(() => shownOf(answer, isNarrow), [answer, isNarrow]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isAsking, setIsAsking] = useState(false);
  const navigate = route.useNavigate();
  const [contacts, setContacts] = useState<ReadonlyMap<string, RevealedContact>>(new Map());
  const { isBusy, error, send } = useSend();
  const list = useRef<HTMLDivElement>(null);
  const read = readDraft(draft, nowMs);

  const search = (): void => {
    setIsTried(true);
    if (read.state !== 'ready') return;
    const asked = textOfQuestion(read.search);
    void navigate({ search: (before) => ({ ...before, question: asked }), replace: true });
    void send(
      () => call(searchRoutes.searchSources, { body: read.search }),
      (found) => {
        setAnswer({ search: read.search, ...found });
        setSelectedId(null);
        setIsNarrow(false);
        setChosen(new Set());
      },
    );
  };
  const select = (id: string): void => {
    setSelectedId(id);
    scrollTo(list, id);
  };

  return (
    <>
      <div
        ref={list}
        className="relative flex w-104 shrink-0 flex-col border-r border-line bg-surface-1 max-md:w-full max-md:border-r-0 md:min-h-0 md:overflow-y-auto"
      >
        <QuestionForm
          draft={draft}
          onDraft={setDraft}
          problems={isTried && read.state === 'unready' ? read.problems : {}}
          incident={incident}
          isBusy={isBusy}
          error={error}
          onSubmit={search}
        />
        <SourceList
          answer={answer}
          incident={incident}
          isOutdated={answer !== null && !isSameQuestion(read, answer.search)}
          isNarrow={isNarrow}
          onNarrow={setIsNarrow}
          isBusy={isBusy}
          selectedId={selectedId}
          onSelect={setSelectedId}
          contacts={contacts}
          onReveal={setAsked}
          chosen={chosen}
          onChoose={setChosen}
          onAsk={() => setIsAsking(true)}
        />
      </div>
      <div className="min-h-0 min-w-0 grow max-md:order-first max-md:h-72 max-md:shrink-0 max-md:grow-0">
        <SearchMap draft={draft} onDraft={setDraft} sources={shown} selectedId={selectedId} onSelect={select} />
      </div>
      {answer === null || !isAsking ? null : (
        <RequestDialog
          sources={answer.sources.filter(({ id }) => chosen.has(id))}
          search={answer.search}
          incident={incident}
          onSent={({ recipients }, notAsked) => {
            setIsAsking(false);
            setChosen(new Set());
            tell(sentWords(recipients.length, notAsked), {
              label: 'Open the requests',
              onSelect: () => void navigate({ to: '/footage-requests' }),
            });
          }}
          onClose={() => setIsAsking(false)}
        />
      )}
      {asked === null ? null : (
        <RevealDialog
          source={asked}
          incident={incident}
          onRevealed={(contact) => {
            setContacts((before) => new Map(before).set(asked.id, contact));
            setAsked((now) => (now === asked ? null : now));
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function firstDraft(incident: Incident | null, spot: Position | null, nowMs: number): SearchDraft {
  if (incident === null) return draftAbout(spot, nowMs - minutesBefore * minuteMs, nowMs);
  const openedMs = Date.parse(incident.openedAt);
  return draftAbout(spot, openedMs - minutesBefore * minuteMs, Math.min(nowMs, openedMs + minutesAfter * minuteMs));
}

/** What of an answer is on the list and on the map. */
function shownOf(answer: Answer | null, isNarrow: boolean): readonly FoundSource[] {
  const sources = answer?.sources ?? [];
  return isNarrow ? sources.filter(({ sees }) => sees) : sources;
}

function isSameQuestion(read: ReadDraft, { shape, window }: Search): boolean {
  return read.state === 'ready' && JSON.stringify(read.search) === JSON.stringify({ shape, window });
}

function scrollTo(list: RefObject<HTMLElement | null>, id: string): void {
  list.current?.querySelector(`[data-source="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' });
}
