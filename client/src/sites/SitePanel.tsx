import type { Site } from '@commonsight/types/site';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { formatExactTime } from '../incident/format.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Select } from '../ui/Select.tsx';
import { AddCameras } from './add/AddCameras.tsx';
import type { NewCamerasLists } from './add/NewCamerasLists.ts';
import { CameraHealth } from './health/CameraHealth.tsx';
import { RelayFacts } from './health/RelayFacts.tsx';
import { SiteUpload } from './health/SiteUpload.tsx';
import { EnrolRelay } from './relay/EnrolRelay.tsx';
import { useSiteHealth } from './useSiteHealth.ts';

const views = [
  { view: 'cameras', label: 'Cameras' },
  { view: 'add', label: 'Add cameras' },
  { view: 'relay', label: 'Relay' },
] as const;

/** One site: how its cameras and its relay are, new cameras, and the relay's enrolment. */
export function SitePanel({ site, lists }: { site: Site; lists: NewCamerasLists }) {
  const relays = site.relays.filter(({ revokedAt }) => revokedAt === null);
  const [relayId, setRelayId] = useState<string | null>(null);
  // Of two relays the first that is online; the chosen one stays, also through a short break of its connection.
  const relay = relays.find(({ id }) => id === relayId) ?? relays.find(({ isOnline }) => isOnline) ?? relays[0] ?? null;
  const shownId = relay?.id ?? null;
  if (relayId !== shownId) setRelayId(shownId);
  const [view, setView] = useState<(typeof views)[number]['view']>(relay === null ? 'relay' : 'cameras');
  // Asking the relay for its key is a line of the audit log: not before somebody wants to add cameras.
  const [hasAdded, setHasAdded] = useState(false);
  const { read, readAgain } = useSiteHealth(site.id, shownId, view === 'cameras');
  return (
    <section aria-labelledby="site" className="flex min-h-0 min-w-0 grow flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
        <div className="min-w-48 flex-1">
          <h2 id="site" className="m-0 truncate text-base font-semibold" title={site.name}>
            {site.name}
          </h2>
          <p className="m-0 truncate text-muted">{site.address}</p>
        </div>
        {relays.length < 2 ? null : (
          <Select
            label="Relay"
            isLabelHidden
            value={shownId}
            options={relays.map(({ id, name, isOnline }) => ({
              value: id,
              label: isOnline ? name : `${name} (offline)`,
            }))}
            onChange={setRelayId}
          />
        )}
        <nav aria-label="Parts of the site" className="flex gap-1">
          {views.map((one) => (
            <Button
              key={one.view}
              look={view === one.view ? 'secondary' : 'quiet'}
              aria-current={view === one.view ? 'page' : undefined}
              onClick={() => {
                setView(one.view);
                if (one.view === 'add') setHasAdded(true);
              }}
            >
              {one.label}
            </Button>
          ))}
        </nav>
      </div>
      <div className="min-h-0 grow relative overflow-y-auto p-4 max-sm:p-3">
        <div className="mx-auto max-w-300">
          {/* What is being added is not lost by a look at the cameras. */}
          <div hidden={view !== 'add'}>
            {!hasAdded ? null : relay === null ? (
              <EmptyState
                title="This site has no relay yet"
                action={<Button onClick={() => setView('relay')}>Enrol one</Button>}
              >
                Cameras are tested by the relay of their site.
              </EmptyState>
            ) : (
              <AddCameras key={relay.id} site={site} relay={relay} lists={lists} onSaved={readAgain} />
            )}
          </div>
          {view === 'relay' ? <EnrolRelay site={site} /> : null}
          {view !== 'cameras' ? null : read.state === 'reading' ? (
            <EmptyState title="Reading the cameras…" />
          ) : read.state === 'failed' ? (
            <EmptyState title="The cameras could not be read" action={<Button onClick={readAgain}>Try again</Button>}>
              {read.message}
            </EmptyState>
          ) : (
            <div className="flex flex-col gap-4">
              {read.problem === null ? null : (
                <output className="m-0 block text-warn">
                  This is as it was at {formatExactTime(read.readAt)}. It could not be read again: {read.problem}
                </output>
              )}
              {relay === null ? null : (
                <div className="grid grid-cols-2 gap-4 max-lg:grid-cols-1">
                  <RelayFacts relay={relay} health={read.value.health} error={read.value.healthError} />
                  <SiteUpload
                    key={read.value.uplinkKilobitsPerSecond}
                    siteId={site.id}
                    cameras={read.value.health?.cameras ?? null}
                    planKilobits={read.value.uplinkKilobitsPerSecond}
                    upload={read.value.health?.upload ?? null}
                    onChanged={readAgain}
                  />
                </div>
              )}
              <Button className="self-end" size="sm" onClick={readAgain}>
                <RefreshCw className="size-3.5" aria-hidden />
                Read again
              </Button>
              <CameraHealth site={site} cameras={read.value.cameras} health={read.value.health} onChanged={readAgain} />
            </div>
          )}
        </div>
      </div>
    </section>
  );
}
