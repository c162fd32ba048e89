import { classes } from './classes.ts';

export interface TableHeadProps {
  headings: readonly (string | { name: string; isRight: true })[];
  /** The name of the last column, which holds buttons and shows no heading. */
  acts?: string;
}

/** The headings of a table that scrolls; they stay, and go on a narrow screen, where each line is a card. */
export function TableHead({ headings, acts }: TableHeadProps) {
  return (
    <thead className="sticky top-0 z-1 bg-surface-0 max-md:hidden">
      <tr>
        {headings.map((heading) => {
          const name = typeof heading === 'string' ? heading : heading.name;
          return (
            <th
              key={name}
              scope="col"
              className={classes(
                'h-8 border-b border-line px-3 text-2xs font-semibold tracking-wide text-subtle uppercase',
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
