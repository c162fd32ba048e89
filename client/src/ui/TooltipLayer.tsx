import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Kbd } from './Kbd.tsx';
import { placeTooltip } from './placeTooltip.ts';
import type { TooltipSide } from './Tooltip.tsx';

interface Shown {
  element: Element;
  text: string;
  shortcut: string | null;
  side: TooltipSide;
}

const restMs = 450;

/** Draws the tooltip of the marked element that the pointer or the keyboard's focus rests on. */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = (): void => {
      clearTimeout(timer);
      setShown(null);
    };
    const show = (element: Element, afterMs: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => setShown(element.isConnected ? read(element) : null), afterMs);
    };
    const handlePointer = (pointed: PointerEvent): void => {
      const element = markedElement(pointed.target);
      if (element === null || pointed.pointerType === 'touch') hide();
      else show(element, restMs);
    };
    const handleFocus = ({ target }: FocusEvent): void => {
      const element = markedElement(target);
      if (element === null || !element.matches(':focus-visible')) hide();
      else show(element, 0);
    };
    document.addEventListener('pointerover', handlePointer);
    document.addEventListener('focusin', handleFocus);
    for (const name of ['pointerdown', 'keydown', 'scroll', 'dragstart', 'pointerleave'] as const) {
      document.addEventListener(name, hide, true);
    }
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', handlePointer);
      document.removeEventListener('focusin', handleFocus);
      for (const name of ['pointerdown', 'keydown', 'scroll', 'dragstart', 'pointerleave'] as const) {
        document.removeEventListener(name, hide, true);
      }
    };
  }, []);

  // Above dialogs, which are outside of the page's own element.
  return shown === null ? null : createPortal(<TooltipBox shown={shown} />, document.body);
}

function TooltipBox({ shown }: { shown: Shown }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current === null) return;
    const view = { width: window.innerWidth, height: window.innerHeight };
    const place = placeTooltip(
      shown.element.getBoundingClientRect(),
      box.current.getBoundingClientRect(),
      shown.side,
      view,
    );
    box.current.style.translate = `${place.x}px ${place.y}px`;
    box.current.style.visibility = 'visible';
  }, [shown]);
  return (
    <div
      ref={box}
      aria-hidden
      className="pointer-events-none invisible fixed top-0 left-0 z-(--z-toast) flex max-w-72 items-center gap-2 rounded-md bg-surface-3 px-2 py-1 text-xs text-text shadow-raised"
    >
      {shown.text}
      {shown.shortcut === null ? null : <Kbd>{shown.shortcut}</Kbd>}
    </div>
  );
}

function markedElement(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest('[data-tooltip]') : null;
}

function read(element: Element): Shown {
  const side = element.getAttribute('data-tooltip-side');
  return {
    element,
    text: element.getAttribute('data-tooltip') ?? '',
    shortcut: element.getAttribute('data-tooltip-shortcut'),
    side: side === 'top' || side === 'left' || side === 'right' ? side : 'bottom',
  };
}
