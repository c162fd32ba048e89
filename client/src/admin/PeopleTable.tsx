import type { Account } from '@commonsight/types/http/user-routes';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { TableHead } from '../ui/TableHead.tsx';
import { PersonRow } from './PersonRow.tsx';
import type { PersonAct } from './personActs.ts';

export interface PeopleTableProps {
  rows: readonly Account[];
  nowMs: number;
  onAct: (act: PersonAct, account: Account) => void;
}

/** Long lists come in parts, because who has thousands of people finds them by words. */
const rowsAtOnce = 200;

const headings = ['Name', 'Role', 'State', 'Second factor'] as const;

/** One line for each person; on a narrow screen a line becomes a card. */
export function PeopleTable({ rows, nowMs, onAct }: PeopleTableProps) {
  const [shownCount, setShownCount] = useState(rowsAtOnce);
  const hiddenCount = rows.length - shownCount;
  return (
    <ScrollRegion label="People">
      <table className="w-full border-collapse text-left max-md:block">
        <caption className="sr-only">People</caption>
        <TableHead headings={headings} acts="Acts" />
        <tbody className="max-md:block">
          {rows.slice(0, shownCount).map((account) => (
            <PersonRow key={account.id} account={account} nowMs={nowMs} onAct={onAct} />
          ))}
        </tbody>
      </table>
      {hiddenCount > 0 ? (
        <div className="flex justify-center p-3">
          <Button onClick={() => setShownCount(shownCount + rowsAtOnce)}>
            Show {Math.min(rowsAtOnce, hiddenCount)} more of {hiddenCount}
          </Button>
        </div>
      ) : null}
    </ScrollRegion>
  );
}
