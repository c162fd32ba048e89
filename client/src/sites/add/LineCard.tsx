import type { CameraColumn } from '@commonsight/types/relay/camera-file';
import type { Site } from '@commonsight/types/site';
import { memo, useEffect, useRef, useState } from 'react';
import { exhausted } from '../../exhausted.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { StatusSymbol, type StatusKind } from '../../ui/StatusSymbol.tsx';
import { LinePlace } from './LinePlace.tsx';
import type { NewCamerasList } from './NewCamerasList.ts';
import type { LineProblems, LineState, NewLine } from './NewLine.ts';
import { ReportWords } from './ReportWords.tsx';
import { TransportField } from './TransportField.tsx';

export interface LineCardProps {
  list: NewCamerasList;
  line: NewLine;
  number: number;
  problems: LineProblems;
  site: Site;
  isBusy: boolean;
  /** It is not tested from here. */
  isAtConsole: boolean;
  isMapShown: boolean;
  onMap: (key: string | null) => void;
}

const labels: Readonly<Record<CameraColumn, string>> = {
  id: 'Id, for a camera that has one',
  name: 'Name',
  section: 'Section',
  host: 'Address',
  port: 'Port',
  main: 'Path of the main stream',
  sub: 'Path of the second stream',
  user: 'User',
  password: 'Password',
  transport: 'Transport',
  latitude: 'Latitude',
  longitude: 'Longitude',
  direction: 'Direction (degrees)',
  width: 'How wide it sees (degrees)',
  range: 'How far it sees (metres)',
};

/** By hand the paths come after the sign-in; the id is for files alone and is shown only when it is wrong. */
const fields: readonly CameraColumn[] = [
  'name',
  'section',
  'host',
  'port',
  'user',
  'password',
  'main',
  'sub',
  'transport',
  'latitude',
  'longitude',
  'direction',
  'width',
  'range',
];
const ofRelay: readonly CameraColumn[] = ['host', 'port', 'main', 'sub'];

/**
 * One new camera: how far it has come, what is wrong beside its fields, and what its test has shown. There may be hundreds:
 * one is drawn anew when it has changed itself.
 */
export const LineCard = memo(function LineCard(props: LineCardProps) {
  const { list, line, number, problems, isBusy, isAtConsole } = props;
  const { key, cells, found, state } = line;
  const isWrong = Object.keys(problems).length > 0;
  // What is wrong when it is read is open at once, and stays open while it is corrected.
  const [isOpen, setOpen] = useState(isWrong);
  // Somebody who has just begun to enter a camera has made no mistake yet.
  const [isUntouched, setUntouched] = useState(
    () => found === null && Object.values(cells).every((cell) => cell === ''),
  );
  const nameField = useRef<HTMLElement>(null);
  const [isByHand] = useState(isUntouched);
  useEffect(() => {
    // It may come back while somebody types elsewhere, as when a search is cleared.
    if (isByHand && !(document.activeElement instanceof HTMLInputElement)) nameField.current?.focus();
  }, [isByHand]);
  const isDone = state.is === 'saved' || state.is === 'saving';
  const name = cells.name === '' ? `Camera ${String(number)}` : cells.name;
  const shown = [...(problems.id === undefined ? [] : (['id'] as const)), ...fields].filter(
    (column) => found === null || !ofRelay.includes(column),
  );
  const { kind, words } = wordsOf(state, isWrong, isUntouched);
  const change = (cells: Partial<Record<CameraColumn, string>>): void => list.changeCells(key, cells);
  const [firstProblem] = Object.values(problems);
  return (
    <li data-testid="line" data-state={isWrong ? 'wrong' : state.is} className="border-b border-line py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="figures w-8 text-right text-subtle">{number}</span>
        <span className="min-w-48 flex-1">
          <span className="font-medium wrap-anywhere">{name}</span>
          <span className="block text-xs text-muted wrap-anywhere">
            {found === null ? cells.host : 'Discovered; its address stays at the relay'}
            {cells.section === '' ? '' : ` · ${cells.section}`}
          </span>
        </span>
        <span className="inline-flex items-center gap-1.5">
          <StatusSymbol kind={kind} />
          {words}
        </span>
        {isDone ? null : (
          <span className="flex gap-1">
            <Button
              size="sm"
              aria-expanded={isOpen}
              aria-label={`${isOpen ? 'Fold' : 'Edit'} ${name}`}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? 'Fold' : 'Edit'}
            </Button>
            {isAtConsole ? null : (
              <Button
                size="sm"
                focusableWhenDisabled
                disabled={isBusy || isWrong}
                aria-label={`Test ${name}`}
                onClick={() => void list.test(new Set([key]))}
              >
                Test
              </Button>
            )}
            <Button
              size="sm"
              look="quiet"
              disabled={isBusy}
              aria-label={`Remove ${name}`}
              onClick={() => list.remove(new Set([key]))}
            >
              Remove
            </Button>
          </span>
        )}
      </div>
      {isOpen || isUntouched || firstProblem === undefined || state.is === 'saved' ? null : (
        <p className="m-0 mt-1 pl-11 text-warn max-md:pl-0">{firstProblem}</p>
      )}
      {'words' in state ? <p className="m-0 mt-1 pl-11 text-stale max-md:pl-0">{state.words}</p> : null}
      {'report' in state && state.report !== null ? <ReportWords report={state.report} name={name} /> : null}
      {isOpen && !isDone ? (
        <fieldset
          disabled={isBusy}
          className="m-0 mt-2 grid grid-cols-4 gap-3 border-0 p-0 pl-11 max-lg:grid-cols-2 max-md:pl-0"
        >
          <legend className="sr-only">{name}</legend>
          {shown.map((column) =>
            column === 'transport' ? (
              <TransportField
                key={column}
                label={labels[column]}
                value={cells[column]}
                error={isUntouched ? null : (problems[column] ?? null)}
                onChange={(transport) => change({ transport })}
              />
            ) : (
              <Field
                key={column}
                {...(column === 'name' ? { ref: nameField } : {})}
                label={labels[column]}
                value={cells[column]}
                error={isUntouched ? null : (problems[column] ?? null)}
                spellCheck={false}
                {...(column === 'password'
                  ? { type: 'password' as const, autoComplete: 'new-password' }
                  : { autoComplete: 'off' })}
                onBlur={() => setUntouched(false)}
                onChange={({ currentTarget }) => change({ [column]: currentTarget.value })}
              />
            ),
          )}
          <LinePlace
            cells={cells}
            site={props.site}
            isShown={props.isMapShown}
            onShow={() => props.onMap(key)}
            onChange={change}
          />
        </fieldset>
      ) : null}
    </li>
  );
});

function wordsOf(state: LineState, isWrong: boolean, isUntouched: boolean): { kind: StatusKind; words: string } {
  if (isWrong && isUntouched) return { kind: 'waiting', words: 'To fill in' };
  if (isWrong && state.is !== 'saved') return { kind: 'warn', words: 'To correct' };
  switch (state.is) {
    case 'new':
      return { kind: 'waiting', words: 'To test' };
    case 'waiting':
      return { kind: 'waiting', words: 'Waits for its test' };
    case 'testing':
      return { kind: 'waiting', words: 'Testing…' };
    case 'passed':
      return { kind: 'live', words: 'Passed' };
    case 'failed':
      return { kind: 'stale', words: 'Failed' };
    case 'saving':
      return { kind: 'waiting', words: 'Saving…' };
    case 'notSaved':
      return { kind: 'stale', words: 'Not saved' };
    case 'saved':
      return { kind: 'live', words: 'Saved' };
    case 'recorded':
      return { kind: 'live', words: 'Has its record' };
    default:
      return exhausted(state);
  }
}
