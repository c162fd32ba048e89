import type { Screen } from '@commonsight/types/wall';
import { Tabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { IncidentListPart, IncidentPanelPart, MapPart } from './sideParts.tsx';
import { WallView } from '../wall/WallView.tsx';
import { CameraList } from './CameraList.tsx';

/** The parts of the console one at a time, for a window too narrow for panels. */
export function ConsoleTabs({ screen }: { screen: Screen }) {
  return (
    <Tabs.Root render={<main />} defaultValue="wall" className="flex min-h-0 grow flex-col">
      <Part value="wall">
        <WallView screen={screen} isStacked />
      </Part>
      <Part value="cameras">
        <CameraList />
      </Part>
      <Part value="map">
        <MapPart />
      </Part>
      <Part value="incidents">
        <div className="h-2/5 border-b border-line">
          <IncidentListPart />
        </div>
        <div className="h-3/5">
          <IncidentPanelPart />
        </div>
      </Part>
      <Tabs.List className="flex h-11 shrink-0 border-t border-line bg-surface-1">
        <TabButton value="wall">Wall</TabButton>
        <TabButton value="cameras">Cameras</TabButton>
        <TabButton value="map">Map</TabButton>
        <TabButton value="incidents">Incidents</TabButton>
      </Tabs.List>
    </Tabs.Root>
  );
}

/** The wall stays in the page while another tab is shown, so that its pictures are there at once. */
function Part({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Tabs.Panel value={value} keepMounted={value === 'wall'} className="min-h-0 grow bg-surface-1 outline-none">
      {children}
    </Tabs.Panel>
  );
}

function TabButton({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Tabs.Tab
      value={value}
      className="grow basis-0 text-muted outline-none focus-visible:inset-ring-2 focus-visible:inset-ring-accent data-active:text-accent data-active:inset-shadow-[0_2px_0_var(--color-accent)]"
    >
      {children}
    </Tabs.Tab>
  );
}
