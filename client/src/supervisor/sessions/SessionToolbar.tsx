import { FilterButton } from '../../ui/FilterButton.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Toolbar } from '../../ui/Toolbar.tsx';
import type { SessionFilter } from './sessionRows.ts';

export interface SessionToolbarProps {
  watching: number;
  filter: SessionFilter;
  onFilter: (filter: SessionFilter) => void;
}

export function SessionToolbar({ watching, filter, onFilter }: SessionToolbarProps) {
  return (
    <Toolbar>
      <SearchField
        label="Filter sessions"
        placeholder="Name, wall, camera, incident, purpose"
        value={filter.words}
        onChange={(words) => onFilter({ ...filter, words })}
      />
      <FilterButton
        symbol="live"
        label="Watching cameras"
        count={watching}
        isOn={filter.onlyWatching}
        onToggle={() => onFilter({ ...filter, onlyWatching: !filter.onlyWatching })}
      />
    </Toolbar>
  );
}
