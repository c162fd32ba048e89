import { routes } from '@commonsight/types/http/routes';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import { MapPinned } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../api/call.ts';
import { OfficePage } from '../app/OfficePage.tsx';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { SiteList } from '../owners/SiteList.tsx';
import { type SitesStore, sitesLoaded } from '../state/sites.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { NewCamerasLists } from './add/NewCamerasLists.ts';
import { LeaveGuard } from './LeaveGuard.tsx';
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
  const chosen = (chosenId === null ? undefined : byId.get(chosenId)) ?? ordered[0];
  if (!isLoaded) return <EmptyState title="Reading sites…" />;
  if (chosen === undefined) {
    return (
      <div className="grow">
        <EmptyState icon={<MapPinned aria-hidden />} title="There is no site yet">
          A site is a place with cameras.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <SiteList sites={ordered} chosenId={chosen.id} onChoose={setChosenId} />
      <SitePanel key={chosen.id} site={chosen} lists={lists} />
      <LeaveGuard isHolding={() => lists.hasUnsaved} />
    </>
  );
}

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
