import type { Incident } from '@commonsight/types/incident';
import type { FoundSource, RevealedContact } from '@commonsight/types/search';
import { CameraOff, ScanSearch } from 'lucide-react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { AskBar } from '../footage/ask/AskBar.tsx';
import { formatCount } from '../incident/format.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import type { Answer } from './SourceSearch.tsx';
import { isMixed } from './sourceWords.ts';
import { SourceRow } from './SourceRow.tsx';

export interface SourceListProps {
  answer: Answer | null;
  /** The incident that was searched for, when it is one. */
  incident: Incident | null;
  /** Whether the form has gone on to another question since. */
  isOutdated: boolean;
  isNarrow: boolean;
  onNarrow: (isNarrow: boolean) => void;
  isBusy: boolean;
  selectedId: string | null;
  onSelect: (id: string) => void;
  /** The contacts that were revealed on this page. */
  contacts: ReadonlyMap<string, RevealedContact>;
  onReveal: (source: FoundSource) => void;
  /** Those that are going to be asked for footage. */
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onAsk: () => void;
}

/** What was found, best first: those that see the place, then by distance. */
export function SourceList(props: SourceListProps) {
  const { answer, incident, isOutdated, isNarrow, onNarrow, isBusy, selectedId, onSelect, contacts, onReveal } = props;
  const { chosen, onChoose, onAsk } = props;
  const workspace = useWorkspace();
  if (answer === null) {
    return (
      <div className="grow py-6">
        <EmptyState icon={<ScanSearch />} title={isBusy ? 'Searching…' : 'Nothing asked yet'}>
          Cameras of the city and of residents and businesses who registered theirs. What you ask is a line of the audit
          log.
        </EmptyState>
      </div>
    );
  }
  const { sources, hasMore, search } = answer;
  if (sources.length === 0) {
    return (
      <div className="grow py-6">
        <EmptyState icon={<CameraOff />} title="No camera saw this">
          No camera of the city, and none that somebody registered, is known there. Ask about a larger place.
        </EmptyState>
      </div>
    );
  }
  const seeing = sources.filter(({ sees }) => sees).length;
  const shown = isNarrow ? sources.filter(({ sees }) => sees) : sources;
  return (
    <section aria-label="Found cameras" className="flex flex-col" aria-busy={isBusy}>
      <div className="flex min-h-10 flex-wrap items-center gap-x-2 border-b border-line px-3 py-1.5">
        <output className="figures m-0 grow text-muted">
          <span className="font-medium text-text">{formatCount(sources.length, 'camera')}</span>
          {hasMore ? ' and more' : ''}
          {isMixed(search) ? `, ${String(seeing)} of them ${seeing === 1 ? 'sees' : 'see'} the place` : ''}
        </output>
        {isMixed(search) && seeing > 0 && seeing < sources.length ? (
          <Button
            look={isNarrow ? 'secondary' : 'quiet'}
            size="sm"
            aria-pressed={isNarrow}
            onClick={() => onNarrow(!isNarrow)}
          >
            Only those
          </Button>
        ) : null}
      </div>
      {workspace.can('footage.request') ? (
        <AskBar shown={shown} chosen={chosen} onChoose={onChoose} onAsk={onAsk} />
      ) : null}
      {isOutdated ? (
        <p className="m-0 border-b border-line bg-surface-2 px-3 py-2 text-xs text-warn">
          For the place and time asked before. Find cameras again for the new ones.
        </p>
      ) : null}
      {hasMore ? (
        <p className="m-0 border-b border-line bg-surface-2 px-3 py-2 text-xs text-warn">
          The first {String(sources.length)} are shown. Ask about a smaller place for the others.
        </p>
      ) : null}
      <ol className="m-0 list-none p-0">
        {shown.map((source) => (
          <SourceRow
            key={source.id}
            source={source}
            rank={sources.indexOf(source) + 1}
            search={search}
            incident={incident}
            isSelected={source.id === selectedId}
            onSelect={() => onSelect(source.id)}
            contact={contacts.get(source.id) ?? null}
            onReveal={() => onReveal(source)}
            isChosen={chosen.has(source.id)}
            onChoose={() => onChoose(toggled(chosen, source.id))}
          />
        ))}
      </ol>
    </section>
  );
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(chosen);
  if (!after.delete(id)) after.add(id);
  return after;
}
