import type { PolicyPack } from '@commonsight/types/policy';
import { purposeSchema } from '@commonsight/types/purpose';
import type { ReactNode } from 'react';
import { classes } from '../ui/classes.ts';
import { TableHead } from '../ui/TableHead.tsx';
import { minutesWords, rolesWords } from './policyWords.ts';

const cell = 'px-3 py-2 align-top first:pl-0 last:pr-0 max-md:block max-md:px-0 max-md:py-0.5';

/** The purposes with how long each lasts and who approves it; on a narrow screen a line becomes a card. */
export function PurposeTable({ pack }: { pack: PolicyPack }) {
  return (
    <table className="figures mt-3 w-full border-collapse text-left max-md:block">
      <caption className="sr-only">Purposes</caption>
      <TableHead isFlush headings={['Purpose', 'At first', 'At most', 'Approved by', 'Break-glass']} />
      <tbody className="max-md:block">
        {purposeSchema.options.map((purpose) => {
          const rule = pack.purposes[purpose];
          if (rule === undefined) return null;
          const isBreakGlass = pack.breakGlass.roles.length > 0 && pack.breakGlass.purposes.includes(purpose);
          return (
            <tr key={purpose} data-purpose={purpose} className="border-t border-line max-md:block max-md:py-2.5">
              <th scope="row" className={classes(cell, 'font-normal')}>
                <span className="font-medium wrap-anywhere">{rule.name}</span>
                <span className="block text-muted wrap-anywhere">{rule.explanation}</span>
              </th>
              <Cell heading="At first">{minutesWords(rule.defaultMinutes)}</Cell>
              <Cell heading="At most">{minutesWords(rule.maximumMinutes)}</Cell>
              <Cell heading="Approved by">{rolesWords(rule.approvedBy, 'Nobody has to')}</Cell>
              <Cell heading="Break-glass">
                {isBreakGlass ? minutesWords(pack.breakGlass.maximumMinutes) : <span className="text-muted">No</span>}
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Cell({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <td className={classes(cell, 'md:whitespace-nowrap')}>
      <span className="text-muted md:hidden">{heading}: </span>
      {children}
    </td>
  );
}
