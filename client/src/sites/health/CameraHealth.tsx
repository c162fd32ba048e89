import type { SiteCamera } from '@commonsight/types/site-camera';
import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import { routes } from '@commonsight/types/http/routes';
import { Video } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { FormError } from '../../session/FormError.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterButton } from '../../ui/FilterButton.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Section } from '../../ui/Section.tsx';
import type { StatusKind } from '../../ui/StatusSymbol.tsx';
import { tell } from '../../ui/toast.tsx';
import { useSend } from '../../ui/useSend.ts';
import { CameraRows } from './CameraRows.tsx';
import { type ConditionKind, conditionsOf, groupProblems, type ProblemCode } from './cameraConditions.ts';

export interface CameraHealthProps {
  siteId: string;
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
export function CameraHealth({ siteId, cameras, health, onChanged }: CameraHealthProps) {
  const [words, setWords] = useState('');
  const [filter, setFilter] = useState<{ kind: ConditionKind } | { problem: ProblemCode } | null>(null);
  const { isBusy, error, send } = useSend();
  const conditions = conditionsOf(cameras, health);
  const problems = groupProblems(conditions);
  const unconfirmed = conditions.filter(({ camera, relay }) => camera.confirmedAt === null && relay !== null);
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
  const confirm = (): void =>
    void send(
      () =>
        call(routes.confirmCameras, {
          params: { id: siteId },
          body: { cameraIds: unconfirmed.map(({ camera }) => camera.id) },
        }),
      ({ cameras: confirmed }) => {
        tell(`${String(confirmed.length)} cameras are confirmed for the agency.`);
        onChanged();
      },
    );
  return (
    <>
      {unconfirmed.length === 0 ? null : (
        <Section
          title={`${String(unconfirmed.length)} ${unconfirmed.length === 1 ? 'camera waits' : 'cameras wait'} for your confirmation`}
          description="Until then no operator sees them. Check name and place of each first. They go live when their owner has confirmed them too."
          action={
            <Button look="primary" disabled={isBusy} onClick={confirm}>
              Confirm {unconfirmed.length}
            </Button>
          }
        >
          <FormError>{error}</FormError>
        </Section>
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
                  aria-label={`Show those: ${title}`}
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
        <p className="m-0 text-muted" data-testid="shown">
          {shown.length} of {cameras.length} cameras
        </p>
        {shown.length === 0 ? <p className="m-0">No camera fits. Change the words or the filter.</p> : null}
        <CameraRows conditions={shown} />
      </section>
    </>
  );
}
