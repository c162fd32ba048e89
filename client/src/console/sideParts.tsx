import { lazy, Suspense } from 'react';

const List = lazy(async () => ({ default: (await import('../incident/IncidentList.tsx')).IncidentList }));
const Panel = lazy(async () => ({ default: (await import('../incident/IncidentPanel.tsx')).IncidentPanel }));

/*
 * What stands beside the wall is fetched beside it and not before it: the pictures come first.
 */

const Map = lazy(async () => ({ default: (await import('../map/ConsoleMap.tsx')).ConsoleMap }));

export function IncidentListPart() {
  return (
    <Suspense>
      <List />
    </Suspense>
  );
}

export function IncidentPanelPart() {
  return (
    <Suspense>
      <Panel />
    </Suspense>
  );
}

export function MapPart() {
  return (
    <Suspense>
      <Map />
    </Suspense>
  );
}
