import { Search } from 'lucide-react';
import { formatCount } from '../incident/format.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { inputClass } from '../ui/Field.tsx';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import type { ViewingFilter, ViewingSummary } from './viewingRows.ts';

export interface SupervisorToolbarProps {
  summary: ViewingSummary;
  flagged: number;
  isLoaded: boolean;
  filter: ViewingFilter;
  onFilter: (filter: ViewingFilter) => void;
}

export function SupervisorToolbar({ summary, flagged, isLoaded, filter, onFilter }: SupervisorToolbarProps) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
      <label className="relative w-72 max-md:w-full">
        <span className="sr-only">Filter viewings</span>
        <Search className="absolute top-2 left-2.5 size-4 text-subtle" aria-hidden />
        <input
          type="search"
          value={filter.words}
          placeholder="Name, camera, incident, purpose"
          onChange={({ target }) => onFilter({ ...filter, words: target.value })}
          className={classes(inputClass, 'border-0 pl-8')}
        />
      </label>
      <Button
        aria-pressed={filter.onlyFlagged}
        look={filter.onlyFlagged ? 'secondary' : 'quiet'}
        onClick={() => onFilter({ ...filter, onlyFlagged: !filter.onlyFlagged })}
      >
        <StatusSymbol kind="warn" />
        Flagged
        <span className="figures">{flagged}</span>
      </Button>
      <Button
        aria-pressed={filter.onlyNotFlowing}
        look={filter.onlyNotFlowing ? 'secondary' : 'quiet'}
        onClick={() => onFilter({ ...filter, onlyNotFlowing: !filter.onlyNotFlowing })}
      >
        <StatusSymbol kind="stale" />
        Not flowing
        <span className="figures">{summary.notFlowing}</span>
      </Button>
      <span className="grow" />
      <output className="figures text-muted">{isLoaded ? wordsOf(summary) : ''}</output>
    </div>
  );
}

function wordsOf({ running, users, cameras }: ViewingSummary): string {
  if (running === 0) return 'Nobody is watching';
  return `${formatCount(users, 'person', 'people')} watching ${formatCount(cameras, 'camera')} in ${formatCount(running, 'viewing')}`;
}
