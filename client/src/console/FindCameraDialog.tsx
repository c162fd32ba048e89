import { Autocomplete } from '@base-ui/react/autocomplete';
import type { Camera } from '@commonsight/types/camera';
import { type RefObject, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { CameraMarkSymbol } from '../map/CameraMarkSymbol.tsx';
import { currentScreen, slotForNewTile } from '../state/wall.ts';
import { classes } from '../ui/classes.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { inputClass } from '../ui/inputClass.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { assignCamera } from '../wall/wallActs.ts';
import { cameraWords } from './cameraWords.ts';
import { searchCameras } from './searchCameras.ts';

const shownAtMost = 40;

/** Finds a camera by number, name or site; Enter puts it on the selected tile, or shows it to who may not do that. */
export function FindCameraDialog() {
  const workspace = useWorkspace();
  const isOpen = useStore(workspace.attention, (state) => state.openDialog === 'findCamera');
  const close = (): void => workspace.attention.setState({ openDialog: null });
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Find a camera" initialFocus={input}>
      <FindCamera input={input} onDone={close} />
    </Dialog>
  );
}

function FindCamera({ input, onDone }: { input: RefObject<HTMLInputElement | null>; onDone: () => void }) {
  const workspace = useWorkspace();
  const [text, setText] = useState('');
  const { byId, order } = useStore(workspace.cameras);
  const found = useMemo(() => {
    const cameras = order.flatMap((id) => byId.get(id) ?? []);
    return searchCameras(cameras, text).slice(0, shownAtMost);
  }, [byId, order, text]);
  const screen = currentScreen(useStore(workspace.wall.store));
  const selectedSlot = useStore(workspace.attention, (state) => state.selectedSlot);
  const mayOpen = workspace.can('wall.edit');
  const slot = screen === null ? 1 : slotForNewTile(screen, selectedSlot);

  return (
    <Autocomplete.Root
      inline
      open
      mode="none"
      items={found}
      autoHighlight="always"
      value={text}
      onValueChange={setText}
      itemToStringValue={(camera: Camera) => camera.name}
    >
      <div className="flex flex-col gap-2">
        <Autocomplete.Input
          ref={input}
          aria-label="Number, name or site"
          placeholder="Number, name or site"
          spellCheck={false}
          className={classes(inputClass, 'h-10 text-base')}
        />
        <Autocomplete.Empty>
          <p className="m-0 px-2 pt-6 text-center text-muted empty:hidden">No camera is called that.</p>
        </Autocomplete.Empty>
        <Autocomplete.List className="h-80 overflow-y-auto data-empty:hidden">
          {(camera: Camera) => (
            <CameraOption
              key={camera.id}
              camera={camera}
              onChoose={() => {
                onDone();
                if (mayOpen) void assignCamera(workspace, camera.id, slot);
                else workspace.attention.setState({ mapFocus: { ...camera.position, at: Date.now() } });
              }}
            />
          )}
        </Autocomplete.List>
        <p className="m-0 flex items-center gap-1.5 text-xs text-muted">
          <Kbd>Enter</Kbd>
          {mayOpen ? (
            <span>
              opens it on tile <strong className="figures text-text">{slot}</strong>
            </span>
          ) : (
            'shows it on the map'
          )}
        </p>
      </div>
    </Autocomplete.Root>
  );
}

function CameraOption({ camera, onChoose }: { camera: Camera; onChoose: () => void }) {
  const { mark, word } = cameraWords(camera);
  return (
    <Autocomplete.Item
      value={camera}
      onClick={onChoose}
      className="flex h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 outline-none data-highlighted:bg-surface-3 data-highlighted:inset-ring data-highlighted:inset-ring-line-strong"
    >
      <CameraMarkSymbol mark={mark} />
      <span className="figures w-6 shrink-0 text-right text-muted">{camera.number}</span>
      <span className="min-w-0 truncate text-text max-md:grow" title={camera.name}>
        {camera.name}
      </span>
      <span className="min-w-0 grow truncate text-xs text-muted max-md:hidden">{camera.siteName}</span>
      <span className="shrink-0 text-xs text-muted">{word}</span>
    </Autocomplete.Item>
  );
}
