import type { Figure } from '@commonsight/types/transparency';
import { sourceWords, valueWords } from './figureWords.ts';

/** One figure: what it is, what it means, its numbers, where they come from. */
export function FigureTable({ figure }: { figure: Figure }) {
  const titleId = `figure-${figure.id}`;
  return (
    <section
      data-figure={figure.id}
      aria-labelledby={titleId}
      className="mb-3 break-inside-avoid rounded-lg bg-surface-1 p-3 inset-ring inset-ring-line print:mb-2 print:p-2"
    >
      <h2 id={titleId} className="m-0 text-base font-semibold">
        {figure.title}
      </h2>
      <p className="m-0 mt-0.5 text-xs text-muted">{figure.meaning}</p>
      {figure.state === 'notYetRecorded' ? (
        <p className="m-0 mt-1.5 font-medium">Not yet recorded</p>
      ) : (
        <table aria-labelledby={titleId} className="mt-1.5 w-full border-collapse">
          <tbody>
            {figure.rows.map(({ key, name, value }) => (
              <tr key={key} data-row={key} className="border-t border-line">
                <th
                  scope="row"
                  className={`py-0.5 pr-2 text-left ${key === 'total' ? 'font-semibold' : 'font-normal'}`}
                >
                  {name}
                </th>
                <td
                  className={`figures py-0.5 text-right whitespace-nowrap ${value === null ? 'text-subtle italic' : 'font-semibold'}`}
                >
                  {valueWords(value, figure.unit)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="m-0 mt-1 text-2xs text-subtle">{sourceWords(figure)}</p>
    </section>
  );
}
