import type { ListedWithholding } from '@commonsight/types/ledger';
import { formatExactTime } from '../incident/format.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { TableHead } from '../ui/TableHead.tsx';
import { leftWords, withholdingState } from './withholdingWords.ts';

export interface WithheldTableProps {
  rows: readonly ListedWithholding[];
  nowMs: number;
  onEnd: (withholding: ListedWithholding) => void;
}

const cell = 'px-3 py-2 align-top max-md:block max-md:px-0 max-md:py-0.5';

/** One line for each number; on a narrow screen a line becomes a card. */
export function WithheldTable({ rows, nowMs, onEnd }: WithheldTableProps) {
  return (
    <ScrollRegion label="Numbers">
      <table className="figures w-full border-collapse text-left max-md:block">
        <caption className="sr-only">Withheld numbers</caption>
        <TableHead headings={['Incident', 'Withheld', 'Reason', 'By']} acts="Show now" />
        <tbody className="max-md:block">
          {rows.map((row) => {
            const state = withholdingState(row, nowMs);
            return (
              <tr
                key={row.id}
                data-withholding={row.incidentId}
                data-state={state}
                className={classes(
                  'border-b border-line hover:bg-surface-1 max-md:block max-md:px-3 max-md:py-2.5',
                  state !== 'running' && 'text-subtle',
                )}
              >
                <th scope="row" className={classes(cell, 'font-normal wrap-anywhere md:max-w-96')}>
                  <span className="font-medium">#{row.incident.number}</span> {row.incident.title}
                </th>
                <td className={classes(cell, 'md:whitespace-nowrap')}>
                  <span className="inline-flex items-center gap-1.5 font-medium">
                    <StatusSymbol kind={state === 'running' ? 'waiting' : 'off'} />
                    {state === 'running' ? leftWords(row.endsAt, nowMs) : 'Shown to owners'}
                  </span>
                  <span className="block text-xs text-muted">
                    {state === 'endedEarly' && row.endedAt !== null
                      ? `ended early, ${formatExactTime(row.endedAt)}`
                      : `${state === 'running' ? 'until' : 'since'} ${formatExactTime(row.endsAt)}`}
                  </span>
                </td>
                <td className={classes(cell, 'wrap-anywhere whitespace-pre-line md:max-w-120')}>{row.note}</td>
                <td className={classes(cell, 'wrap-anywhere md:max-w-60')}>
                  {row.createdBy.name}
                  <span className="block text-xs text-muted">{formatExactTime(row.createdAt)}</span>
                </td>
                <td className={classes(cell, 'text-right max-md:text-left')}>
                  {state === 'running' ? (
                    <Button size="sm" aria-label={`Show now: #${row.incident.number}`} onClick={() => onEnd(row)}>
                      Show now
                    </Button>
                  ) : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
