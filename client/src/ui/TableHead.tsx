import { classes } from './classes.ts';

export interface TableHeadProps {
  headings: readonly (string | { name: string; isRight: true })[];
  /** The name of the last column, which holds buttons and shows no heading. */
  acts?: string;
  /** Stands in a section's padding: no space before the first column, no background. */
  isFlush?: boolean;
}

/** The headings of a table that scrolls; they stay, and go on a narrow screen, where each line is a card. */
export function TableHead({ headings, acts, isFlush = false }: TableHeadProps) {
  return (
    <thead className={classes('max-md:hidden', !isFlush && 'sticky top-0 z-1 bg-surface-0')}>
      <tr>
        {headings.map((heading) => {
          const name = typeof heading === 'string' ? heading : heading.name;
          return (
            <th
              key={name}
              scope="col"
              className={classes(
                'h-8 px-3 text-2xs font-semibold tracking-wide whitespace-nowrap text-subtle uppercase',
                isFlush ? 'first:pl-0 last:pr-0' : 'border-b border-line',
                typeof heading !== 'string' && 'text-right',
              )}
            >
              {name}
            </th>
          );
        })}
        {acts === undefined ? null : (
          <th scope="col" className="border-b border-line">
            <span className="sr-only">{acts}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}
