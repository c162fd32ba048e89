import { useEffect, useRef } from 'react';

/** A page's heading, which takes the focus when it is new, so that what comes next is read from its beginning. */
export function Heading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest('[data-scroller]')?.scrollTo(0, 0);
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className="m-0 text-2xl leading-tight font-semibold outline-none">
      {children}
    </h1>
  );
}
