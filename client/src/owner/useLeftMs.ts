import { useEffect, useState } from 'react';

const tickMs = 250;

/** What is left of a time that was `leftMs` long when it was told, counted down by this device's monotonic clock. */
export function useLeftMs(leftMs: number): number {
  const [left, setLeft] = useState(leftMs);
  const [told, setTold] = useState(leftMs);
  if (told !== leftMs) {
    setTold(leftMs);
    setLeft(leftMs);
  }
  useEffect(() => {
    const endMs = performance.now() + leftMs;
    const timer = window.setInterval(() => setLeft(Math.max(0, endMs - performance.now())), tickMs);
    return () => window.clearInterval(timer);
  }, [leftMs]);
  return left;
}
