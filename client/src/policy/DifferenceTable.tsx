import type { PolicyDifference, PolicyPack } from '@commonsight/types/policy';
import { Fragment } from 'react';
import { classes } from '../ui/classes.ts';
import { TableHead } from '../ui/TableHead.tsx';
import { differenceName, differenceValue, withoutPartsOfRemoved } from './differences.ts';

const cell = 'px-3 py-2 align-top first:pl-0 last:pr-0 wrap-anywhere max-md:block max-md:px-0 max-md:py-0.5';

/** What a proposal changes, value by value: before and after. `pack` gives purposes their names. */
export function DifferenceTable({ differences, pack }: { differences: readonly PolicyDifference[]; pack: PolicyPack }) {
  if (differences.length === 0) {
    return <p className="m-0 mt-3 text-muted">No value changes: only comments or the file’s form do.</p>;
  }
  return (
    <table className="figures mt-3 w-full border-collapse text-left max-md:block">
      <caption className="sr-only">Differences</caption>
      <TableHead isFlush headings={['What', 'Before', 'After']} />
      <tbody className="max-md:block">
        {withoutPartsOfRemoved(differences).map(({ path, before, after }) => (
          <tr key={path} data-difference={path} className="border-t border-line max-md:block max-md:py-2.5">
            <th scope="row" className={classes(cell, 'font-normal md:w-[36%]')}>
              <span className="font-medium">{differenceName(path, pack)}</span>
              <span className="block font-mono text-2xs text-muted">
                {path.split('.').map((word, i) => (
                  <Fragment key={word}>
                    {i === 0 ? null : '.'}
                    <wbr />
                    {word}
                  </Fragment>
                ))}
              </span>
            </th>
            <td className={classes(cell, 'md:w-[32%]')}>
              <span className="text-muted md:hidden">Before: </span>
              <Value path={path} value={before} />
            </td>
            <td className={classes(cell, 'md:w-[32%]')}>
              <span className="text-muted md:hidden">After: </span>
              <strong className="font-semibold">
                <Value path={path} value={after} />
              </strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ path, value }: { path: string; value: string | null }) {
  const words = differenceValue(path, value);
  return words === null ? <span className="font-normal text-muted italic">not there</span> : words;
}
