import { UserPlus } from 'lucide-react';
import { formatCount } from '../incident/format.ts';
import { Button } from '../ui/Button.tsx';
import { FilterButton } from '../ui/FilterButton.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { Toolbar } from '../ui/Toolbar.tsx';
import { accountStates, type AccountState, type PeopleFilter, stateNames, stateSymbols } from './peopleRows.ts';

export interface PeopleToolbarProps {
  filter: PeopleFilter;
  onFilter: (filter: PeopleFilter) => void;
  counts: Readonly<Record<AccountState, number>>;
  total: number;
  onInvite: () => void;
}

export function PeopleToolbar({ filter, onFilter, counts, total, onInvite }: PeopleToolbarProps) {
  return (
    <Toolbar>
      <SearchField
        label="Find people"
        placeholder="Name, email, role"
        value={filter.words}
        onChange={(words) => onFilter({ ...filter, words })}
      />
      <fieldset className="m-0 flex flex-wrap gap-1 border-0 p-0">
        <legend className="sr-only">State</legend>
        {accountStates.map((state) => (
          <FilterButton
            key={state}
            symbol={stateSymbols[state]}
            label={stateNames[state]}
            count={counts[state]}
            isOn={filter.state === state}
            onToggle={() => onFilter({ ...filter, state: filter.state === state ? null : state })}
          />
        ))}
      </fieldset>
      <span className="grow" />
      <output className="figures text-muted max-lg:hidden">{formatCount(total, 'person', 'people')}</output>
      <Button look="primary" onClick={onInvite}>
        <UserPlus className="size-4" aria-hidden />
        Invite
      </Button>
    </Toolbar>
  );
}
