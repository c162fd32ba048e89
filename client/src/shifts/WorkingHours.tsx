import { routes } from '@commonsight/types/http/routes';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatCount } from '../incident/format.ts';
import { useLiveRead } from '../incident/useLiveRead.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FilterButton } from '../ui/FilterButton.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { Toolbar } from '../ui/Toolbar.tsx';
import { ShiftDialog } from './ShiftDialog.tsx';
import { type ShiftFilter, shiftRows, type UserShift } from './shiftRows.ts';
import { ShiftTable } from './ShiftTable.tsx';

const readShifts = (signal: AbortSignal) => call(routes.listShifts, { signal });
const everybody: ShiftFilter = { words: '', onlyWithout: false };

export function WorkingHours() {
  const { me } = useWorkspace();
  const { read, readAgain } = useLiveRead(readShifts, null);
  const [filter, setFilter] = useState(everybody);
  const [editing, setEditing] = useState<UserShift | null>(null);
  if (read.state === 'failed') {
    return (
      <EmptyState title="The hours could not be read" action={<Button onClick={read.retry}>Try again</Button>}>
        {read.message}
      </EmptyState>
    );
  }
  if (read.state !== 'loaded') return <EmptyState title="Reading working hours…" />;
  const { shifts } = read.value;
  const rows = shiftRows(shifts, filter);
  const without = shifts.filter(({ shift }) => shift === null).length;
  return (
    <>
      <Toolbar>
        <SearchField
          label="Find people"
          placeholder="Name, role"
          value={filter.words}
          onChange={(words) => setFilter({ ...filter, words })}
        />
        <FilterButton
          symbol="off"
          label="Without hours"
          count={without}
          isOn={filter.onlyWithout}
          onToggle={() => setFilter({ ...filter, onlyWithout: !filter.onlyWithout })}
        />
        <span className="grow" />
        <output className="figures text-muted">{formatCount(shifts.length, 'person', 'people')}</output>
      </Toolbar>
      <p className="m-0 shrink-0 border-b border-line px-3 py-2 text-muted">
        A viewing that begins outside of these hours is flagged for review, and goes on all the same. Who has no hours
        is never flagged for them. Nobody sets their own.
      </p>
      {rows.length > 0 ? (
        <ShiftTable rows={rows} ownUserId={me.user.id} onEdit={setEditing} />
      ) : (
        <EmptyState
          title="Nobody matches"
          action={<Button onClick={() => setFilter(everybody)}>Show everybody</Button>}
        >
          Change the words, or show those with hours too.
        </EmptyState>
      )}
      {editing === null ? null : (
        <ShiftDialog
          userShift={editing}
          onChanged={() => {
            setEditing(null);
            readAgain();
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}
