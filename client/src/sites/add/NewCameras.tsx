import { emptyCameraCells } from '@commonsight/types/relay/camera-file';
import type { Site } from '@commonsight/types/site';
import { Search, Video } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { FormError } from '../../session/FormError.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { relayCommand } from '../../ui/relayCommand.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { CameraFileForm } from './CameraFileForm.tsx';
import { Discovery } from './Discovery.tsx';
import { ForAll } from './ForAll.tsx';
import { LineCard } from './LineCard.tsx';
import { ListBar } from './ListBar.tsx';
import type { NewCamerasList } from './NewCamerasList.ts';
import type { LineProblems } from './NewLine.ts';

export interface NewCamerasProps {
  list: NewCamerasList;
  site: Site;
  relayId: string;
  /** Records alone are made here; the relay takes addresses at its console. */
  isAtConsole?: boolean;
  onSaved: () => void;
}

const noProblems: LineProblems = {};

/** The list of new cameras: from a file, from the network or by hand; then tested, then saved. */
export function NewCameras({ list, site, relayId, isAtConsole = false, onSaved }: NewCamerasProps) {
  const state = useStore(list.store);
  const { lines, run, problem } = state;
  const [source, setSource] = useState<'file' | 'network' | null>(null);
  const [words, setWords] = useState('');
  /** One map at a time: browsers draw few of them at once. */
  const [mapOf, setMapOf] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const read = list.read();
  const isBusy = run !== null;
  const { length } = lines;
  /** With it buttons and lines come and go. */
  const shape = `${length} ${isBusy}`;
  const seenShape = useRef<string | null>(null);
  useEffect(() => {
    if (seenShape.current === shape) return;
    seenShape.current = shape;
    // What had the focus is gone with its line, or with the button that began or ended a run.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [shape]);
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = lines
    .map((line, at) => ({ line, at }))
    .filter(({ line: { cells } }) => {
      const text = `${cells.name} ${cells.section} ${cells.host}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    });

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        <Button aria-expanded={source === 'file'} onClick={() => setSource(source === 'file' ? null : 'file')}>
          From a file
        </Button>
        {isAtConsole ? null : (
          <Button
            aria-expanded={source === 'network'}
            onClick={() => setSource(source === 'network' ? null : 'network')}
          >
            <Search className="size-4" aria-hidden />
            Find on the network
          </Button>
        )}
        <Button onClick={() => list.add([emptyCameraCells])}>By hand</Button>
      </div>
      {source === 'file' ? (
        <CameraFileForm
          onRead={(cells) => {
            list.add(cells);
            setSource(null);
          }}
        />
      ) : null}
      {source === 'network' ? (
        <Discovery
          relayId={relayId}
          taken={new Set(lines.flatMap(({ found }) => (found === null ? [] : [found.found])))}
          onAdd={(found) => list.addFound(found)}
        />
      ) : null}
      {length === 0 ? (
        <EmptyState icon={<Video aria-hidden />} title="No new camera yet">
          {isAtConsole
            ? 'Take them from a CSV file, or enter one by hand. Their records are made here, and a file with their ids is for the relay’s console.'
            : 'Take them from a CSV file, find them on the relay’s network, or enter one by hand. Nothing is saved before it was tested.'}
        </EmptyState>
      ) : (
        <>
          <h3 ref={heading} tabIndex={-1} className="m-0 text-base font-semibold">
            New cameras ({length})
          </h3>
          <ListBar list={list} state={state} read={read} isAtConsole={isAtConsole} onSaved={onSaved} />
          <FormError>{problem}</FormError>
          {!isBusy && lines.some((line) => line.state.is === 'saved' || line.state.is === 'recorded') ? (
            <p className="m-0 text-muted">
              {isAtConsole
                ? `Download the file, write the passwords into it, and take it to the relay: ${relayCommand('camera import --file cameras.csv')}`
                : 'Saved cameras are seen by nobody yet. You confirm them under Cameras; their owner confirms them on the owner’s page or at the relay.'}
            </p>
          ) : null}
          {length < 2 ? null : (
            <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
              <SearchField label="Find a line" placeholder="Name, section, address" value={words} onChange={setWords} />
              <ForAll
                count={shown.length}
                isBusy={isBusy}
                onApply={(change) => list.changeMany(new Set(shown.map(({ line }) => line.key)), change)}
              />
            </div>
          )}
          {shown.length === 0 ? <p className="m-0">No line fits these words.</p> : null}
          <ol aria-label="New cameras" className="m-0 flex list-none flex-col p-0">
            {shown.map(({ line, at }) => (
              <LineCard
                key={line.key}
                list={list}
                line={line}
                number={at + 1}
                problems={read[at]?.problems ?? noProblems}
                site={site}
                isBusy={isBusy}
                isAtConsole={isAtConsole}
                isMapShown={mapOf === line.key}
                onMap={setMapOf}
              />
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
