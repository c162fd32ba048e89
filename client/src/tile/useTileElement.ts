import type { Tile } from '@commonsight/types/wall';
import { type RefObject, useEffect } from 'react';
import { useWorkspace } from '../app/WorkspaceContext.ts';

/**
 * Ties a tile's elements to its media: the picture goes into one, and the other carries the state and delay as
 * attributes, written past React because the delay changes each second on every tile.
 */
export function useTileElement(
  tile: Tile,
  element: RefObject<HTMLElement | null>,
  picture: RefObject<HTMLElement | null>,
): void {
  const { media } = useWorkspace();
  const tileId = tile.id;

  useEffect(() => {
    media.mount(tileId, picture.current);
    return () => media.mount(tileId, null);
  }, [media, picture, tileId]);

  useEffect(() => {
    const write = (): void => {
      const target = element.current;
      if (target === null) return;
      const state = media.tiles.getState().get(tileId);
      setAttribute(target, 'data-state', state?.state ?? 'connecting');
      const delayMs = state !== undefined && 'delayMs' in state ? state.delayMs : null;
      setAttribute(target, 'data-delay-ms', delayMs === null ? null : String(delayMs));
    };
    write();
    return media.tiles.subscribe(write);
  }, [media, element, tileId]);

  useEffect(() => {
    if (element.current === null) return undefined;
    // A tile that is scrolled out of sight needs no picture.
    const observer = new IntersectionObserver((entries) => {
      const entry = entries.at(-1);
      if (entry !== undefined) media.setOnScreen(tileId, entry.isIntersecting);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [media, element, tileId]);
}

function setAttribute(element: HTMLElement, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
