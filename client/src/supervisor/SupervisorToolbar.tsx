import { formatCount } from '../incident/format.ts';
import { FilterButton } from '../ui/FilterButton.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { Toolbar } from '../ui/Toolbar.tsx';
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
    <Toolbar>
      <SearchField
        label="Filter viewings"
        placeholder="Name, camera, incident, purpose"
        value={filter.words}
        onChange={(words) => onFilter({ ...filter, words })}
      />
      <FilterButton
        symbol="warn"
        label="Flagged"
        count={flagged}
        isOn={filter.onlyFlagged}
        onToggle={() => onFilter({ ...filter, onlyFlagged: !filter.onlyFlagged })}
      />
      <FilterButton
        symbol="stale"
        label="Not flowing"
        count={summary.notFlowing}
        isOn={filter.onlyNotFlowing}
        onToggle={() => onFilter({ ...filter, onlyNotFlowing: !filter.onlyNotFlowing })}
      />
      <span className="grow" />
      <output className="figures text-muted">{isLoaded ? wordsOf(summary) : ''}</output>
    </Toolbar>
  );
}

function wordsOf({ running, users, cameras }: ViewingSummary): string {
  if (running === 0) return 'Nobody is watching';
  return `${formatCount(users, 'person', 'people')} watching ${formatCount(cameras, 'camera')} in ${formatCount(running, 'viewing')}`;
}
