import type { Screen } from '@commonsight/types/wall';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { IncidentListPart, IncidentPanelPart, MapPart } from './sideParts.tsx';
import { WallView } from '../wall/WallView.tsx';
import { CameraList } from './CameraList.tsx';
import type { Panels } from './usePanels.ts';

/** The parts of the console beside each other; sizes are remembered on this machine. */
export function ConsolePanels({ screen, panels: { isOpen } }: { screen: Screen; panels: Panels }) {
  const columns = ['left', 'centre', 'right'].filter((id) => id === 'centre' || isOpen[id as 'left' | 'right']);
  const across = useDefaultLayout({ id: 'commonsight.console.columns', panelIds: columns });
  const left = useDefaultLayout({ id: 'commonsight.console.left' });
  const centre = useDefaultLayout({
    id: 'commonsight.console.centre',
    panelIds: isOpen.map ? ['wall', 'map'] : ['wall'],
  });
  return (
    <Group
      orientation="horizontal"
      className="min-h-0 grow"
      defaultLayout={across.defaultLayout}
      onLayoutChanged={across.onLayoutChanged}
    >
      {isOpen.left ? (
        <>
          <Panel id="left" defaultSize={300} minSize={220} maxSize={460} groupResizeBehavior="preserve-pixel-size">
            <Group
              orientation="vertical"
              className="bg-surface-1"
              defaultLayout={left.defaultLayout}
              onLayoutChanged={left.onLayoutChanged}
            >
              <Panel id="incidents" defaultSize="42" minSize={120}>
                <IncidentListPart />
              </Panel>
              <Bar isHorizontal />
              <Panel id="cameras" minSize={140}>
                <CameraList />
              </Panel>
            </Group>
          </Panel>
          <Bar />
        </>
      ) : null}
      <Panel id="centre" minSize={360}>
        <main className="size-full">
          <Group orientation="vertical" defaultLayout={centre.defaultLayout} onLayoutChanged={centre.onLayoutChanged}>
            <Panel id="wall" minSize={180}>
              <div className="size-full p-1">
                <WallView screen={screen} />
              </div>
            </Panel>
            {isOpen.map ? (
              <>
                <Bar isHorizontal />
                <Panel id="map" defaultSize="32" minSize={120}>
                  <MapPart />
                </Panel>
              </>
            ) : null}
          </Group>
        </main>
      </Panel>
      {isOpen.right ? (
        <>
          <Bar />
          <Panel id="right" defaultSize={340} minSize={260} maxSize={520} groupResizeBehavior="preserve-pixel-size">
            <div className="size-full bg-surface-1">
              <IncidentPanelPart />
            </div>
          </Panel>
        </>
      ) : null}
    </Group>
  );
}

/** The hairline between two panels; it lights up where it can be taken hold of. */
function Bar({ isHorizontal = false }: { isHorizontal?: boolean }) {
  const size = isHorizontal ? 'h-px w-full' : 'h-full w-px';
  return (
    <Separator
      className={`${size} shrink-0 bg-line outline-none hover:bg-accent focus-visible:bg-accent data-[separator=active]:bg-accent data-[separator=hover]:bg-accent`}
    />
  );
}
