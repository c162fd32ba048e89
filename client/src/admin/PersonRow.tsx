import type { Account } from '@commonsight/types/http/user-routes';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatExactTime } from '../incident/format.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { roleNames } from '../ui/words.ts';
import { actsFor, actWords, type PersonAct } from './personActs.ts';
import { stateMoment, stateNames, stateSymbols } from './peopleRows.ts';

export interface PersonRowProps {
  account: Account;
  nowMs: number;
  onAct: (act: PersonAct, account: Account) => void;
}

const cell = 'px-3 py-2 align-top max-md:px-0 max-md:py-0.5';

export function PersonRow({ account, nowMs, onAct }: PersonRowProps) {
  const { me } = useWorkspace();
  const isOwn = account.id === me.user.id;
  return (
    <tr
      data-user={account.id}
      data-state={account.state}
      className={classes(
        'border-b border-line hover:bg-surface-1 max-md:block max-md:px-3 max-md:py-2.5',
        account.state === 'disabled' && 'text-subtle',
      )}
    >
      <th scope="row" className={classes(cell, 'font-medium max-md:block')}>
        {account.name}
        {isOwn ? <span className="ml-2 text-xs font-normal text-muted">you</span> : null}
        <span className="block max-w-96 truncate text-xs font-normal text-muted" title={account.email}>
          {account.email}
        </span>
      </th>
      <td className={classes(cell, 'max-md:block')}>{roleNames[account.role]}</td>
      <td className={classes(cell, 'max-md:block')}>
        <StateWords account={account} nowMs={nowMs} />
      </td>
      <td className={classes(cell, 'max-md:block')}>
        <span className="text-muted md:hidden">Second factor: </span>
        {account.hasSecondFactor ? 'Set up' : <span className="text-muted">Not set up</span>}
      </td>
      <td className={classes(cell, 'max-md:block')}>
        <span className="flex justify-end gap-1.5 max-md:-ml-2 max-md:justify-start max-md:pt-1">
          {actsFor(account, me.user.id).map((act, i) => (
            <Button
              key={act}
              size="sm"
              look={i === 0 && act !== 'disable' ? 'secondary' : 'quiet'}
              aria-label={`${actWords[act].label}: ${account.name}`}
              onClick={() => onAct(act, account)}
            >
              {actWords[act].label}
            </Button>
          ))}
        </span>
      </td>
    </tr>
  );
}

function StateWords({ account, nowMs }: { account: Account; nowMs: number }) {
  const { words, moment } = stateMoment(account, nowMs);
  return (
    <>
      <span className="inline-flex items-center gap-1.5">
        <StatusSymbol kind={stateSymbols[account.state]} />
        {stateNames[account.state]}
      </span>
      <span className="figures block text-xs text-muted">
        {words} {moment === null ? null : <time dateTime={moment}>{formatExactTime(moment)}</time>}
      </span>
    </>
  );
}
