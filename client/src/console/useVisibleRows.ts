import { type RefObject, useEffect, useState } from 'react';

const overscan = 8;

/**
 * Which rows of a long list are in sight, where all rows are equally high. The list of a site with hundreds of cameras
 * draws some dozens of rows.
 */
export function useVisibleRows(scroller: RefObject<HTMLElement | null>, count: number, rowHeightPx: number) {
  const [range, setRange] = useState({ first: 0, end: 40 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const first = Math.max(0, Math.floor(element.scrollTop / rowHeightPx) - overscan);
      const end = Math.ceil((element.scrollTop + element.clientHeight) / rowHeightPx) + overscan;
      setRange((before) => (before.first === first && before.end === end ? before : { first, end }));
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [scroller, rowHeightPx]);
  // The list may have become shorter than where it was scrolled to.
  const first = Math.min(range.first, Math.max(0, count - 1));
  return { first, end: Math.min(range.end, count), heightPx: count * rowHeightPx };
}
