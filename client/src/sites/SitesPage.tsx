import { applicationRoutes } from '@commonsight/types/http/application-routes';
import { routes } from '@commonsight/types/http/routes';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import { trainingCityCentre } from '@commonsight/types/training-city';
import { MapPinned, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../api/call.ts';
import { OfficePage } from '../app/OfficePage.tsx';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useLiveRead } from '../incident/useLiveRead.ts';
import { SiteList } from '../owners/SiteList.tsx';
import { type SitesStore, siteMade, sitesLoaded } from '../state/sites.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { NewCamerasLists } from './add/NewCamerasLists.ts';
import { ApplicationsPanel } from './applications/ApplicationsPanel.tsx';
import { LeaveGuard } from './LeaveGuard.tsx';
import { NewSiteDialog } from './new-site/NewSiteDialog.tsx';
import { SitePanel } from './SitePanel.tsx';

/** Sites with their relays and cameras, for who sets them up and keeps them well. */
export function SitesPage() {
  return (
    <OfficePage
      title="Sites and cameras"
      permission="relay.administer"
      isFor="administrators"
      purpose="It shows how relays and cameras are, and adds new ones."
      layout="max-md:flex-col"
    >
      <Sites />
    </OfficePage>
  );
}

function Sites() {
  const { sites, signaling } = useWorkspace();
  useEffect(() => signaling.on('relay:changed', (change) => void readNewRelay(sites, change)), [signaling, sites]);
  const { byId, isLoaded } = useStore(sites);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const ordered = [...byId.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  const firstId = ordered[0]?.id ?? null;
  // The first one stays the chosen one when somebody makes a site that comes before it.
  if (chosenId === null && firstId !== null) setChosenId(firstId);
  const [lists] = useState(() => new NewCamerasLists());
  useEffect(() => () => lists.cancel(), [lists]);
  const [isDeciding, setDeciding] = useState(false);
  const [isMaking, setMaking] = useState(false);
  const { read: counted, readAgain: countAgain } = useLiveRead(countApplications, null);
  const chosen = (chosenId === null ? undefined : byId.get(chosenId)) ?? ordered[0];
  if (!isLoaded) return <EmptyState title="Reading sites…" />;
  const show = (siteId: string): void => {
    setChosenId(siteId);
    setDeciding(false);
  };
  const acts = (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setMaking(true)}>
        <Plus className="size-4" aria-hidden />
        New site
      </Button>
      <Button
        look={isDeciding ? 'secondary' : 'quiet'}
        aria-current={isDeciding ? 'page' : undefined}
        onClick={() => setDeciding(true)}
      >
        {counted.state === 'loaded' ? `Applications (${counted.value.waiting})` : 'Applications'}
      </Button>
    </div>
  );
  return (
    <>
      <SiteList sites={ordered} chosenId={isDeciding ? null : (chosen?.id ?? null)} acts={acts} onChoose={show} />
      {isDeciding ? (
        <ApplicationsPanel onApproved={(site) => siteMade(sites, site)} onDecided={countAgain} onShowSite={show} />
      ) : null}
      {chosen === undefined ? (
        <div hidden={isDeciding} className="grow">
          <EmptyState icon={<MapPinned aria-hidden />} title="There is no site yet">
            A site is a place with cameras. Make one, or approve what somebody has applied for.
          </EmptyState>
        </div>
      ) : (
        // What is being added is not lost by a look at the applications.
        <div className={isDeciding ? 'hidden' : 'flex min-h-0 min-w-0 grow flex-col'}>
          <SitePanel key={chosen.id} site={chosen} lists={lists} />
        </div>
      )}
      {isMaking ? (
        <NewSiteDialog
          centre={chosen?.position ?? trainingCityCentre}
          onMade={(site) => {
            siteMade(sites, site);
            show(site.id);
            setMaking(false);
          }}
          onClose={() => setMaking(false)}
        />
      ) : null}
      <LeaveGuard isHolding={() => lists.hasUnsaved} />
    </>
  );
}

const countApplications = (signal: AbortSignal) => call(applicationRoutes.countApplications, { signal });

/** A relay that was enrolled while the page is open stands on no list yet: the sites are read anew. */
async function readNewRelay(store: SitesStore, { siteId, relayId }: NotificationOf<'relay:changed'>): Promise<void> {
  const known =
    store
      .getState()
      .byId.get(siteId)
      ?.relays.some(({ id }) => id === relayId) ?? false;
  if (known) return;
  const result = await call(routes.listSites);
  if (result.state === 'ok') sitesLoaded(store, result.value.sites);
}
