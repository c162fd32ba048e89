import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { TableHead } from '../ui/TableHead.tsx';
import { roleNames } from '../ui/words.ts';
import type { UserShift } from './shiftRows.ts';
import { lengthWords, shiftWords } from './shiftWords.ts';
import { WeekStrip } from './WeekStrip.tsx';

export interface ShiftTableProps {
  rows: readonly UserShift[];
  ownUserId: string;
  onEdit: (userShift: UserShift) => void;
}

const cell = 'px-3 py-2 max-md:block max-md:px-0 max-md:py-0.5';

/** One line for each person; on a narrow screen a line becomes a card. */
export function ShiftTable({ rows, ownUserId, onEdit }: ShiftTableProps) {
  return (
    <ScrollRegion label="Working hours of everybody">
      <table className="figures w-full border-collapse text-left max-md:block">
        <caption className="sr-only">Working hours</caption>
        <TableHead headings={['Name', 'Hours', 'Week']} acts="Change" />
        <tbody className="max-md:block">
          {rows.map((userShift) => {
            const { user, shift } = userShift;
            return (
              <tr
                key={user.id}
                data-user={user.id}
                className="border-b border-line hover:bg-surface-1 max-md:block max-md:px-3 max-md:py-2.5"
              >
                <th scope="row" className={classes(cell, 'font-medium wrap-anywhere md:max-w-80')}>
                  {user.name}
                  {user.id === ownUserId ? <span className="ml-2 text-xs font-normal text-muted">you</span> : null}
                  <span className="block text-xs font-normal text-muted">{roleNames[user.role]}</span>
                </th>
                <td className={cell}>
                  {shift === null ? (
                    <span className="text-muted">No hours: never flagged as out of shift</span>
                  ) : (
                    <>
                      {shiftWords(shift)}
                      <span className="block text-xs text-muted">
                        {lengthWords(shift)}, {shift.timeZone.replaceAll('_', ' ')}
                      </span>
                    </>
                  )}
                </td>
                <td className={classes(cell, 'w-112', shift === null && 'max-md:hidden')}>
                  {shift === null ? null : <WeekStrip shift={shift} />}
                </td>
                <td className={classes(cell, 'text-right max-md:text-left')}>
                  {user.id === ownUserId ? (
                    <span className="text-xs text-muted">Somebody else sets yours</span>
                  ) : (
                    <Button
                      size="sm"
                      aria-label={`${shift === null ? 'Set' : 'Change'} hours: ${user.name}`}
                      onClick={() => onEdit(userShift)}
                    >
                      {shift === null ? 'Set hours' : 'Change'}
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
