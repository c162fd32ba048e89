import type { Site } from '@commonsight/types/site';
import { Search, Video } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { emptyCameraCells } from '@commonsight/types/relay/camera-file';
import { FormError } from '../../session/FormError.tsx';
import { Button } from '../../ui/Button.tsx';
import { downloadText } from '../../ui/downloadText.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { StatusSymbol } from '../../ui/StatusSymbol.tsx';
import { CameraFileForm } from './CameraFileForm.tsx';
import { Discovery } from './Discovery.tsx';
import { LineCard } from './LineCard.tsx';
import { NewCamerasList } from './NewCamerasList.ts';
import { writeCameraFile } from './readCameraFile.ts';
import type { SealingTarget } from './sealCamera.ts';

export interface NewCamerasProps {
  site: Site;
  target: SealingTarget;
  onSaved: () => void;
}

/** The list of new cameras: from a file, from the network or by hand; then tested, then saved. */
export function NewCameras({ site, target, onSaved }: NewCamerasProps) {
  const [list] = useState(() => new NewCamerasList({ siteId: site.id, position: site.position, target }));
  const { lines, run, problem } = useStore(list.store);
  const [source, setSource] = useState<'file' | 'network' | null>(null);
  const read = list.read();
  const counts = countLines(lines, read);
  const isBusy = run !== null;

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        <Button aria-expanded={source === 'file'} onClick={() => setSource(source === 'file' ? null : 'file')}>
          From a file
        </Button>
        <Button aria-expanded={source === 'network'} onClick={() => setSource(source === 'network' ? null : 'network')}>
          <Search className="size-4" aria-hidden />
          Find on the network
        </Button>
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
          relayId={target.relayId}
          taken={new Set(lines.flatMap(({ found }) => (found === null ? [] : [found.found])))}
          onAdd={(found) => list.addFound(found)}
        />
      ) : null}
      {lines.length === 0 ? (
        <EmptyState icon={<Video aria-hidden />} title="No new camera yet">
          Take them from a CSV file, find them on the relay’s network, or enter one by hand. Nothing is saved before it
          was tested.
        </EmptyState>
      ) : (
        <>
          <div className="sticky top-0 z-2 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface-0 py-2">
            <output className="m-0 flex min-w-60 flex-1 flex-wrap gap-x-3" data-testid="counts">
              <span className="inline-flex items-center gap-1.5">
                <StatusSymbol kind="live" /> {counts.passed} passed
              </span>
              <span className="inline-flex items-center gap-1.5">
                <StatusSymbol kind="warn" /> {counts.wrong} to correct
              </span>
              <span className="inline-flex items-center gap-1.5">
                <StatusSymbol kind="stale" /> {counts.failed} failed
              </span>
              <span className="inline-flex items-center gap-1.5">
                <StatusSymbol kind="waiting" /> {counts.untested} to test
              </span>
              <span>{counts.saved} saved</span>
            </output>
            {isBusy ? (
              <Button onClick={() => list.cancel()}>Cancel</Button>
            ) : (
              <>
                {counts.saved > 0 ? (
                  <Button
                    look="quiet"
                    onClick={() =>
                      list.remove(new Set(lines.flatMap(({ key, state }) => (state.is === 'saved' ? [key] : []))))
                    }
                  >
                    Take saved away
                  </Button>
                ) : null}
                {lines.length > counts.saved ? (
                  <Button
                    look="quiet"
                    onClick={() =>
                      downloadText(
                        'cameras-left.csv',
                        writeCameraFile(lines.flatMap(({ cells, state }) => (state.is === 'saved' ? [] : [cells]))),
                      )
                    }
                  >
                    Download the rest
                  </Button>
                ) : null}
                <Button disabled={counts.untested + counts.failed === 0} onClick={() => void list.test()}>
                  Test all ({counts.untested + counts.failed})
                </Button>
                <Button look="primary" disabled={counts.passed === 0} onClick={() => void list.save().then(onSaved)}>
                  Save {counts.passed} that passed
                </Button>
              </>
            )}
            {run === null ? null : (
              <div className="flex w-full flex-col gap-1">
                <output>
                  {run.is === 'testing' ? 'Testing' : 'Saving'}: {run.done} of {run.all}
                </output>
                <progress
                  aria-label={run.is === 'testing' ? 'Tests' : 'Saving'}
                  value={run.done}
                  max={run.all}
                  className="h-2 w-full accent-accent"
                />
              </div>
            )}
          </div>
          <FormError>{problem}</FormError>
          {counts.saved > 0 && !isBusy ? (
            <p className="m-0 text-muted">
              Saved cameras are seen by nobody yet. You confirm them under Cameras; their owner confirms them on the
              owner’s page or at the relay.
            </p>
          ) : null}
          <ol aria-label="New cameras" className="m-0 flex list-none flex-col p-0">
            {lines.map((line, at) => (
              <LineCard
                key={line.key}
                line={line}
                number={at + 1}
                problems={read[at]?.problems ?? {}}
                site={site}
                isBusy={isBusy}
                onChange={(change) => list.changeCells(line.key, change)}
                onTest={() => void list.test(new Set([line.key]))}
                onRemove={() => list.remove(new Set([line.key]))}
              />
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function countLines(lines: readonly { state: { is: string } }[], read: readonly { entry: unknown }[]) {
  const counts = { passed: 0, wrong: 0, failed: 0, untested: 0, saved: 0 };
  lines.forEach(({ state }, at) => {
    if (state.is === 'saved') counts.saved += 1;
    else if (read[at]?.entry === null) counts.wrong += 1;
    else if (state.is === 'failed') counts.failed += 1;
    else if (state.is === 'passed' || state.is === 'notSaved' || state.is === 'saving') counts.passed += 1;
    else counts.untested += 1;
  });
  return counts;
}
