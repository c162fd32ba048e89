import type { Incident } from '@commonsight/types/incident';
import type { FoundSource, RevealedContact, Search, SearchWindow } from '@commonsight/types/search';
import { Cctv, House, Store } from 'lucide-react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatDistance } from '../incident/format.ts';
import { modeSentences } from '../sharing/operatorWords.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { AddToIncident } from './AddToIncident.tsx';
import { ContactLines } from './ContactLines.tsx';
import {
  clockWords,
  isLiveNow,
  isMixed,
  liveWords,
  overwritingWords,
  sourceSubtitle,
  sourceTitle,
} from './sourceWords.ts';

export interface SourceRowProps {
  source: FoundSource;
  rank: number;
  /** The question that it answers. */
  search: Search;
  /** The incident that was searched for, when it is one. */
  incident: Incident | null;
  isSelected: boolean;
  onSelect: () => void;
  contact: RevealedContact | null;
  onReveal: () => void;
  /** Whether footage is going to be asked for. */
  isChosen: boolean;
  onChoose: () => void;
}

/** One camera: what it is, whether it sees the place, how long its recording is there, and whom to ask. */
export function SourceRow(props: SourceRowProps) {
  const { source, rank, search, incident, isSelected, onSelect, contact } = props;
  const { onReveal, isChosen, onChoose } = props;
  const workspace = useWorkspace();
  const Icon = source.kind === 'live' ? Cctv : source.of === 'home' ? House : Store;
  return (
    <li
      data-source={source.id}
      className={classes('border-b border-line', isSelected ? 'bg-accent-soft' : 'hover:bg-surface-2')}
    >
      <button
        type="button"
        aria-pressed={isSelected}
        onClick={onSelect}
        className="grid w-full grid-cols-[1.75rem_1rem_minmax(0,1fr)_auto] items-center gap-x-2 border-0 bg-transparent px-3 pt-2 pb-2 text-left text-text"
      >
        <span className="figures text-right font-semibold text-muted">{rank}</span>
        <Icon className={classes('size-4', toneOf(source))} aria-hidden />
        <span className="min-w-0 truncate font-medium" title={sourceTitle(source)}>
          {sourceTitle(source)}
        </span>
        <span className="figures flex items-center gap-2 text-xs text-muted">
          {source.sees && isMixed(search) ? (
            <span className="rounded-sm bg-accent-soft px-1 text-2xs font-medium text-accent inset-ring inset-ring-accent/30">
              sees it
            </span>
          ) : null}
          {formatDistance(source.distanceMetres)}
        </span>
        <span className="col-span-2 col-start-3 min-w-0 truncate text-xs text-muted" title={sourceSubtitle(source)}>
          {sourceSubtitle(source)}
        </span>
        {source.kind === 'live' ? (
          <span
            title={modeSentences[source.sharingMode]}
            className={classes('col-span-2 col-start-3 text-xs', toneOf(source))}
          >
            {liveWords(source)}
          </span>
        ) : null}
        <RecordingWords source={source} window={search.window} />
      </button>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pr-3 pb-2.5 pl-18">
        {workspace.can('footage.request') ? (
          <label className="flex min-h-6 items-center gap-1.5 text-xs">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              aria-label={`Ask for footage: ${sourceTitle(source)}, number ${String(rank)}`}
              checked={isChosen}
              onChange={onChoose}
            />
            Ask for footage
          </label>
        ) : null}
        {source.kind === 'registered' && contact === null && workspace.can('registry.reveal') ? (
          <Button size="sm" onClick={onReveal}>
            Whom to ask
          </Button>
        ) : null}
        {source.kind === 'live' && incident !== null ? <AddToIncident source={source} incident={incident} /> : null}
        {contact === null ? null : <ContactLines contact={contact} />}
      </div>
    </li>
  );
}

/** Green is what can be seen live now. */
function toneOf(source: FoundSource): string {
  if (source.kind === 'registered') return 'text-warn';
  return isLiveNow(source) ? 'text-live' : 'text-muted';
}

const tones = { calm: 'text-muted', soon: 'text-warn', gone: 'text-[#ff8a80]' } as const;

function RecordingWords({ source, window }: { source: FoundSource; window: SearchWindow }) {
  if (source.overwriting === null && source.kind === 'live') return null;
  const { tone, words } = overwritingWords(source.overwriting);
  const clock = source.kind === 'live' ? null : clockWords(source, window);
  return (
    <span className="col-span-2 col-start-3 text-xs">
      <span className={classes('figures font-medium', tones[tone])}>{words}</span>
      {clock === null ? null : <span className="figures block text-muted">{clock}</span>}
    </span>
  );
}
