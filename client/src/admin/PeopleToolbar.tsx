import { Search, UserPlus } from 'lucide-react';
import { formatCount } from '../incident/format.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { inputClass } from '../ui/inputClass.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
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
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
      <label className="relative w-72 max-w-full max-sm:w-full">
        <span className="sr-only">Find people</span>
        <Search className="absolute top-2 left-2.5 size-4 text-subtle" aria-hidden />
        <input
          type="search"
          value={filter.words}
          placeholder="Name, email, role"
          onChange={({ target }) => onFilter({ ...filter, words: target.value })}
          className={classes(inputClass, 'border-0 pl-8')}
        />
      </label>
      <fieldset className="m-0 flex flex-wrap gap-1 border-0 p-0">
        <legend className="sr-only">State</legend>
        {accountStates.map((state) => (
          <Button
            key={state}
            look={filter.state === state ? 'secondary' : 'quiet'}
            aria-pressed={filter.state === state}
            onClick={() => onFilter({ ...filter, state: filter.state === state ? null : state })}
          >
            <StatusSymbol kind={stateSymbols[state]} />
            {stateNames[state]}
            <span className="figures">{counts[state]}</span>
          </Button>
        ))}
      </fieldset>
      <span className="grow" />
      <output className="figures text-muted max-lg:hidden">{formatCount(total, 'person', 'people')}</output>
      <Button look="primary" onClick={onInvite}>
        <UserPlus className="size-4" aria-hidden />
        Invite
      </Button>
    </div>
  );
}
