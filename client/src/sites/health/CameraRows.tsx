import { modeNames } from '../../sharing/sharingWords.ts';
import { conditionMarks } from '../../health/conditionMarks.ts';
import { classes } from '../../ui/classes.ts';
import { megabits } from '../../ui/megabits.ts';
import { StatusSymbol } from '../../ui/StatusSymbol.tsx';
import { TableHead } from '../../ui/TableHead.tsx';
import { tell, tellError } from '../../ui/toast.tsx';
import type { CameraCondition } from './cameraConditions.ts';

const cell = 'px-3 py-2 max-md:block max-md:px-0 max-md:py-0.5';

/** One line for each camera; on a narrow screen a line becomes a card. */
export function CameraRows({ conditions }: { conditions: readonly CameraCondition[] }) {
  if (conditions.length === 0) return null;
  return (
    <table className="figures w-full border-collapse text-left max-md:block">
      <caption className="sr-only">Cameras of the site</caption>
      <TableHead headings={['State', 'Camera', 'Section', 'Shared', { name: 'Sends now', isRight: true }]} />
      <tbody className="max-md:block">
        {conditions.map(({ camera, kind, sentence, kilobitsPerSecond }) => (
          <tr
            key={camera.id}
            data-camera-id={camera.id}
            data-condition={kind}
            className="border-b border-line align-top max-md:block max-md:py-2"
          >
            <td className={classes(cell, 'w-[38%]')}>
              <span className="inline-flex items-center gap-1.5 font-medium">
                <StatusSymbol kind={conditionMarks[kind].symbol} />
                {conditionMarks[kind].word}
              </span>
              <span className="block text-muted">{sentence}</span>
            </td>
            <th scope="row" className={classes(cell, 'font-medium wrap-anywhere')}>
              <span className="text-subtle">{camera.number}</span> {camera.name}
              <button
                type="button"
                aria-label={`Id of ${camera.name}: copy`}
                title={camera.id}
                className="ml-1 inline-flex min-h-6 min-w-6 items-center justify-center rounded-sm px-1 text-xs font-normal text-muted hover:text-text"
                onClick={() => void copyId(camera.id)}
              >
                Id
              </button>
            </th>
            <td className={classes(cell, 'wrap-anywhere', camera.section === null && 'max-md:hidden')}>
              {camera.section}
            </td>
            <td className={cell}>
              <span className="md:hidden">Shared: </span>
              {modeNames[camera.sharingMode]}
            </td>
            <td className={classes(cell, 'text-right max-md:text-left', kilobitsPerSecond === 0 && 'max-md:hidden')}>
              {kilobitsPerSecond === 0 ? '' : megabits(kilobitsPerSecond)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** It is asked for at the relay’s console and in files. */
async function copyId(id: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(id);
    tell('The camera’s id is copied.');
  } catch {
    tellError(`The browser does not let this page copy. The id is ${id}`);
  }
}
