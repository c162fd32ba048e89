import { type RefObject, useEffect } from 'react';

const presses = ['mousedown', 'touchstart', 'dblclick'] as const;

/**
 * A press on a pin is the pin's. The map below would start to pan with it and, once the browser makes a drag of it,
 * never hear of its end. The listeners sit on the element itself, because React's are above the map's.
 */
export function useKeepFromMap(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const pin = element.current;
    if (pin === null) return undefined;
    const stop = (press: Event): void => press.stopPropagation();
    for (const kind of presses) pin.addEventListener(kind, stop);
    return () => {
      for (const kind of presses) pin.removeEventListener(kind, stop);
    };
  }, [element]);
}
