import { type CameraCells, emptyCameraCells } from '@commonsight/types/relay/camera-file';
import type { Site } from '@commonsight/types/site';
import type { SiteCamera } from '@commonsight/types/site-camera';
import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import { Video } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ConditionKind } from '../../health/conditionOf.ts';
import { groupProblems, type ProblemCode } from '../../health/groupProblems.ts';
import { Button } from '../../ui/Button.tsx';
import { downloadText } from '../../ui/downloadText.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterButton } from '../../ui/FilterButton.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Section } from '../../ui/Section.tsx';
import type { StatusKind } from '../../ui/StatusSymbol.tsx';
import { writeCameraFile } from '../add/readCameraFile.ts';
import { CameraRows } from './CameraRows.tsx';
import { conditionsOf } from './cameraConditions.ts';
import { ToConfirm } from './ToConfirm.tsx';

export interface CameraHealthProps {
  site: Site;
  cameras: readonly SiteCamera[];
  health: RelayHealth | null;
  onChanged: () => void;
}

const filters: readonly { kind: ConditionKind; symbol: StatusKind; label: string }[] = [
  { kind: 'problem', symbol: 'stale', label: 'Problems' },
  { kind: 'waiting', symbol: 'waiting', label: 'To confirm' },
  { kind: 'live', symbol: 'live', label: 'Watched' },
  { kind: 'ready', symbol: 'off', label: 'Ready' },
  { kind: 'unknown', symbol: 'warn', label: 'Unknown' },
];

/** The cameras of a site: problems by their cause, what waits for a confirmation, and all of them to search. */
export function CameraHealth({ site, cameras, health, onChanged }: CameraHealthProps) {
  const [words, setWords] = useState('');
  const [filter, setFilter] = useState<{ kind: ConditionKind } | { problem: ProblemCode } | null>(null);
  const count = useRef<HTMLParagraphElement>(null);
  const conditions = conditionsOf(cameras, health);
  const problems = groupProblems(conditions, 'administrator');
  const unconfirmed = conditions.flatMap(({ camera, relay }) =>
    camera.confirmedAt === null && relay !== null ? [camera] : [],
  );
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = conditions.filter(({ camera, kind, problem }) => {
    if (filter !== null && ('kind' in filter ? kind !== filter.kind : problem !== filter.problem)) return false;
    const text = `${String(camera.number)} ${camera.name} ${camera.section ?? ''}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  if (cameras.length === 0) {
    return (
      <EmptyState icon={<Video aria-hidden />} title="This site has no camera yet">
        Take them up under Add cameras.
      </EmptyState>
    );
  }
  const confirmed = (): void => {
    // What had the focus is gone.
    count.current?.focus({ preventScroll: true });
    onChanged();
  };
  return (
    <>
      {unconfirmed.length === 0 ? null : (
        <ToConfirm site={site} cameras={unconfirmed} onConfirmed={confirmed} onChanged={onChanged} />
      )}
      {problems.length === 0 ? null : (
        <Section title="What to do">
          <ul className="m-0 mt-2 list-none p-0">
            {problems.map(({ code, title, whatToDo, cameras: of }) => (
              <li key={code} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2">
                <div className="min-w-60 flex-1">
                  <p className="m-0 font-medium">
                    {title} <span className="figures text-muted">({of.length})</span>
                  </p>
                  <p className="m-0 text-muted">{whatToDo}</p>
                </div>
                <Button
                  size="sm"
                  aria-pressed={filter !== null && 'problem' in filter && filter.problem === code}
                  aria-label={`Show ${String(of.length)}: ${title}`}
                  onClick={() =>
                    setFilter(
                      filter !== null && 'problem' in filter && filter.problem === code ? null : { problem: code },
                    )
                  }
                >
                  Show {of.length}
                </Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <section aria-label="Cameras" className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <SearchField label="Find a camera" placeholder="Name, number, section" value={words} onChange={setWords} />
          {filters.map(({ kind, symbol, label }) => {
            const isOn = filter !== null && 'kind' in filter && filter.kind === kind;
            return (
              <FilterButton
                key={kind}
                symbol={symbol}
                label={label}
                count={conditions.filter((one) => one.kind === kind).length}
                isOn={isOn}
                onToggle={() => setFilter(isOn ? null : { kind })}
              />
            );
          })}
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <p ref={count} tabIndex={-1} className="m-0 flex-1 text-muted" data-testid="shown">
            {shown.length} of {cameras.length} cameras
          </p>
          <Button
            size="sm"
            onClick={() => downloadText('cameras.csv', writeCameraFile(shown.map(({ camera }) => cellsOf(camera))))}
          >
            Download as CSV
          </Button>
        </div>
        {shown.length === 0 ? <p className="m-0">No camera fits. Change the words or the filter.</p> : null}
        <CameraRows conditions={shown} />
      </section>
    </>
  );
}

/** What a file for the relay’s console begins with: it knows the camera by its id. Where it is on the network only the relay knows. */
function cellsOf({ id, name, section, position, viewCone }: SiteCamera): CameraCells {
  return {
    ...emptyCameraCells,
    id,
    name,
    section: section ?? '',
    latitude: String(position.latitude),
    longitude: String(position.longitude),
    direction: String(viewCone.bearingDegrees),
    width: String(viewCone.angleDegrees),
    range: String(viewCone.rangeMetres),
  };
}
