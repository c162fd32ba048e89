import { lazy, Suspense } from 'react';

const List = lazy(async () => ({ default: (await import('../incident/IncidentList.tsx')).IncidentList }));
const Panel = lazy(async () => ({ default: (await import('../incident/IncidentPanel.tsx')).IncidentPanel }));

/** The incidents come beside the wall and are fetched beside it, not before it. */
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
