import type { FootageRequest } from '@commonsight/types/footage';
import { formatCount } from '../../incident/format.ts';
import { FilterButton } from '../../ui/FilterButton.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { isIn, type RequestFilter } from './filterRequests.ts';

export interface RequestToolbarProps {
  requests: readonly FootageRequest[];
  shown: number;
  /** Whether there are older ones that have not been read. */
  hasOlder: boolean;
  text: string;
  onText: (text: string) => void;
  filter: RequestFilter;
  onFilter: (filter: RequestFilter) => void;
}

/** Narrows the list of requests down, among those that were read. */
export function RequestToolbar(props: RequestToolbarProps) {
  const { requests, shown, hasOlder, text, onText, filter, onFilter } = props;
  const count = (of: RequestFilter) => requests.filter((request) => isIn(request, of)).length;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <SearchField label="Find a request" value={text} placeholder="Number or place" onChange={onText} />
      {filters.map(({ of, symbol, label }) => (
        <FilterButton
          key={of}
          symbol={symbol}
          label={label}
          count={count(of)}
          isOn={filter === of}
          onToggle={() => onFilter(filter === of ? 'all' : of)}
        />
      ))}
      <output className="figures text-muted">
        {shown === requests.length
          ? formatCount(shown, 'request')
          : `${String(shown)} of ${formatCount(requests.length, 'request')}`}
        {hasOlder ? ', the newest' : ''}
      </output>
    </div>
  );
}

const filters = [
  { of: 'waiting', symbol: 'waiting', label: 'Not answered by all' },
  { of: 'received', symbol: 'live', label: 'Files came' },
] as const;
