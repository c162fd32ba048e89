import type { Position } from '@commonsight/types/position';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { EngineMap } from './MapEngine.ts';

export interface MapAnchorProps {
  map: EngineMap;
  position: Position;
  /** Which part of the content stands on the position. */
  anchor: 'centre' | 'bottom';
  /** Later layers lie above earlier ones. */
  layer: number;
  children: ReactNode;
}

/**
 * Holds something at a place of the map. The map libraries have markers for this, but theirs forbid to drag what is in
 * them. It lies in the map's own element, so that turning the wheel above a pin zooms the map.
 */
export function MapAnchor({ map, position: { latitude, longitude }, anchor, layer, children }: MapAnchorProps) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = (round: (pixels: number) => number): void => {
      const { x, y } = map.project([longitude, latitude]);
      const shift = anchor === 'centre' ? '-50%, -50%' : '-50%, -100%';
      if (element.current === null) return;
      element.current.style.transform = `translate(${String(round(x))}px, ${String(round(y))}px) translate(${shift})`;
    };
    // While the map glides whole pixels would make it tremble; at rest they make it sharp.
    const follow = (): void => place((pixels) => pixels);
    const settle = (): void => place(Math.round);
    settle();
    map.on('move', follow);
    map.on('moveend', settle);
    map.on('resize', settle);
    return () => {
      map.off('move', follow);
      map.off('moveend', settle);
      map.off('resize', settle);
    };
  }, [map, latitude, longitude, anchor]);
  return createPortal(
    <div ref={element} className="absolute top-0 left-0 w-max will-change-transform" style={{ zIndex: layer }}>
      {children}
    </div>,
    map.getCanvasContainer(),
  );
}
