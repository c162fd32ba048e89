import type { LedgerLink } from '@commonsight/types/ledger';
import { formatExactTime } from '../incident/format.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { TableHead } from '../ui/TableHead.tsx';

export interface LinkTableProps {
  links: readonly LedgerLink[];
  onRevoke: (link: LedgerLink) => void;
}

const cell = 'px-3 py-2 max-md:block max-md:px-0 max-md:py-0.5';

/** One line for each link; on a narrow screen a line becomes a card. */
export function LinkTable({ links, onRevoke }: LinkTableProps) {
  return (
    <ScrollRegion label="Links">
      <table className="figures w-full border-collapse text-left max-md:block">
        <caption className="sr-only">Links</caption>
        <TableHead headings={['State', 'Made', 'By', 'Used last']} acts="Revoke" />
        <tbody className="max-md:block">
          {links.map((link) => (
            <tr
              key={link.id}
              data-link={link.id}
              className={classes(
                'border-b border-line hover:bg-surface-1 max-md:block max-md:px-3 max-md:py-2.5',
                link.revokedAt !== null && 'text-subtle',
              )}
            >
              <th scope="row" className={classes(cell, 'font-medium')}>
                <span className="inline-flex items-center gap-1.5">
                  <StatusSymbol kind={link.revokedAt === null ? 'live' : 'off'} />
                  {link.revokedAt === null ? 'Works' : `Revoked ${formatExactTime(link.revokedAt)}`}
                </span>
              </th>
              <td className={cell}>
                <span className="md:hidden">Made: </span>
                <time dateTime={link.createdAt}>{formatExactTime(link.createdAt)}</time>
              </td>
              <td className={classes(cell, 'wrap-anywhere')}>
                <span className="md:hidden">By: </span>
                {link.createdBy.name}
              </td>
              <td className={cell}>
                <span className="md:hidden">Used last: </span>
                {link.lastReadAt === null ? (
                  'Not yet'
                ) : (
                  <time dateTime={link.lastReadAt} title="Noted once an hour">
                    {formatExactTime(link.lastReadAt)}
                  </time>
                )}
              </td>
              <td className={classes(cell, 'text-right max-md:text-left')}>
                {link.revokedAt === null ? (
                  <Button
                    size="sm"
                    aria-label={`Revoke the link of ${formatExactTime(link.createdAt)}`}
                    onClick={() => onRevoke(link)}
                  >
                    Revoke
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
