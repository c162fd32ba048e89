import { Link } from '@tanstack/react-router';
import { MapPinned } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { SiteLinks } from './SiteLinks.tsx';
import { SiteList } from './SiteList.tsx';

export function OwnerLinks() {
  const { sites } = useWorkspace();
  const { byId, isLoaded } = useStore(sites);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const ordered = [...byId.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  const chosen = (chosenId === null ? undefined : byId.get(chosenId)) ?? ordered[0];
  if (!isLoaded) return <EmptyState title="Reading sites…" />;
  if (chosen === undefined) {
    return (
      <div className="grow">
        <EmptyState
          icon={<MapPinned aria-hidden />}
          title="There is no site yet"
          action={
            <Link to="/sites" className="text-accent underline underline-offset-4">
              Make a site
            </Link>
          }
        >
          A site is a place with cameras. When there is one, its owner gets a link here to read who has looked.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <SiteList sites={ordered} chosenId={chosen.id} onChoose={setChosenId} />
      <SiteLinks key={chosen.id} site={chosen} />
    </>
  );
}
