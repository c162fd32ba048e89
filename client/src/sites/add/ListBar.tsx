import { Button } from '../../ui/Button.tsx';
import { downloadText } from '../../ui/downloadText.ts';
import { StatusSymbol } from '../../ui/StatusSymbol.tsx';
import type { NewCamerasList, NewCamerasState } from './NewCamerasList.ts';
import type { NewLine, ReadLine } from './NewLine.ts';
import { writeCameraFile } from './readCameraFile.ts';

interface ListBarProps {
  list: NewCamerasList;
  state: NewCamerasState;
  read: readonly ReadLine[];
  isAtConsole: boolean;
  onSaved: () => void;
}

/** How far the lines have come, and what is done with all of them. It stays in view. */
export function ListBar({ list, state, read, isAtConsole, onSaved }: ListBarProps) {
  const { lines, run, outcome } = state;
  const counts = countLines(lines, read);
  const open = counts.untested + counts.failed;
  const savable = counts.passed + counts.notSaved;
  const left = lines.filter((line) => line.state.is !== 'saved');
  const download = (): void =>
    downloadText(isAtConsole ? 'cameras.csv' : 'cameras-left.csv', writeCameraFile(left.map(({ cells }) => cells)));
  return (
    <div className="sticky top-0 z-2 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface-0 py-2">
      <div className="flex min-w-60 flex-1 flex-wrap gap-x-3" data-testid="counts">
        {isAtConsole ? null : (
          <span className="inline-flex items-center gap-1.5">
            <StatusSymbol kind="live" /> {counts.passed} passed
          </span>
        )}
        <span className="inline-flex items-center gap-1.5">
          <StatusSymbol kind="warn" /> {counts.wrong} to correct
        </span>
        <span className="inline-flex items-center gap-1.5">
          <StatusSymbol kind="stale" /> {counts.failed} failed
        </span>
        <span className="inline-flex items-center gap-1.5">
          <StatusSymbol kind="waiting" /> {counts.untested} {isAtConsole ? 'without a record' : 'to test'}
        </span>
        {counts.notSaved === 0 ? null : <span>{counts.notSaved} not saved</span>}
        <span>
          {counts.saved} {isAtConsole ? 'with a record' : 'saved'}
        </span>
      </div>
      {run !== null ? (
        <Button onClick={() => list.cancel()}>Cancel</Button>
      ) : (
        <>
          {counts.saved > 0 && !isAtConsole ? (
            <Button look="quiet" onClick={() => list.remove(keysOf(lines, 'saved'))}>
              Take saved away
            </Button>
          ) : null}
          {left.length > 0 && (!isAtConsole || counts.saved > 0) ? (
            <Button look={isAtConsole ? 'primary' : 'quiet'} onClick={download}>
              {isAtConsole ? 'Download for the console' : 'Download the rest'}
            </Button>
          ) : null}
          {isAtConsole ? (
            <Button disabled={open === 0} onClick={() => void list.record().then(onSaved)}>
              Make records ({open})
            </Button>
          ) : (
            <>
              <Button disabled={open === 0} onClick={() => void list.test()}>
                Test all ({open})
              </Button>
              <Button look="primary" disabled={savable === 0} onClick={() => void list.save().then(onSaved)}>
                Save {savable} that passed
              </Button>
            </>
          )}
        </>
      )}
      {run === null ? null : (
        <div className="flex w-full flex-col gap-1">
          <span>
            {run.is === 'testing' ? 'Testing' : 'Saving'}: {run.done} of {run.all}
          </span>
          <progress
            aria-label={run.is === 'testing' ? 'Tests' : 'Saving'}
            value={run.done}
            max={run.all}
            className="h-2 w-full accent-accent"
          />
        </div>
      )}
      <output className="sr-only">{run === null ? outcome : spokenOf(run)}</output>
    </div>
  );
}

/** Said at the beginning and at every tenth of the way: each camera would be two hundred sentences. */
function spokenOf({ is, done, all }: NonNullable<NewCamerasState['run']>): string {
  const step = Math.max(1, Math.ceil(all / 10));
  const said = Math.floor(done / step) * step;
  const verb = is === 'testing' ? 'Testing' : 'Saving';
  return said === 0 ? `${verb} ${String(all)}.` : `${verb}: ${String(said)} of ${String(all)}.`;
}

function keysOf(lines: readonly NewLine[], is: NewLine['state']['is']): Set<string> {
  return new Set(lines.flatMap(({ key, state }) => (state.is === is ? [key] : [])));
}

function countLines(lines: readonly NewLine[], read: readonly ReadLine[]) {
  const counts = { passed: 0, notSaved: 0, wrong: 0, failed: 0, untested: 0, saved: 0 };
  lines.forEach(({ state }, at) => {
    if (state.is === 'saved' || state.is === 'recorded') counts.saved += 1;
    else if (read[at]?.entry === null) counts.wrong += 1;
    else if (state.is === 'failed') counts.failed += 1;
    else if (state.is === 'notSaved') counts.notSaved += 1;
    else if (state.is === 'passed' || state.is === 'saving') counts.passed += 1;
    else counts.untested += 1;
  });
  return counts;
}
