import { SearchX, Video } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { inputClass } from '../ui/inputClass.ts';
import { CameraRow } from './CameraRow.tsx';
import { searchCameras } from './searchCameras.ts';
import { useVisibleRows } from './useVisibleRows.ts';

const rowHeightPx = 34;

/** Every camera of the agency: found by typing, opened by drag, double click or its button. */
export function CameraList() {
  const { cameras } = useWorkspace();
  const { byId, order, isLoaded } = useStore(cameras);
  const [text, setText] = useState('');
  const found = useMemo(
    () =>
      searchCameras(
        order.flatMap((id) => byId.get(id) ?? []),
        text,
      ),
    [byId, order, text],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVisibleRows(scroller, found.length, rowHeightPx);

  return (
    <section aria-label="Cameras" className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-2 px-3 pt-2.5 pb-2">
        <h2 className="m-0 text-2xs font-semibold tracking-wide text-muted uppercase">Cameras</h2>
        <span className="figures text-2xs text-subtle">{order.length}</span>
      </div>
      <div className="px-2 pb-2">
        <input
          type="search"
          aria-label="Filter cameras"
          placeholder="Filter by number, name or site"
          value={text}
          onChange={(changed) => setText(changed.target.value)}
          className={inputClass}
        />
      </div>
      {found.length === 0 && isLoaded ? <NothingFound isFiltered={text !== ''} /> : null}
      <div ref={scroller} className="min-h-0 grow overflow-y-auto" hidden={found.length === 0}>
        <ul className="relative m-0 list-none p-0" style={{ height: rows.heightPx }}>
          {found.slice(rows.first, rows.end).map((camera, i) => (
            <li
              key={camera.id}
              className="absolute inset-x-0 top-0"
              style={{ height: rowHeightPx, transform: `translateY(${(rows.first + i) * rowHeightPx}px)` }}
            >
              <CameraRow camera={camera} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function NothingFound({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState icon={<SearchX aria-hidden />} title="No camera is called that">
        Try its number, or a part of its name or site.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<Video aria-hidden />} title="No cameras yet">
      An administrator adds a site, enrols its relay and adds the cameras.
    </EmptyState>
  );
}
