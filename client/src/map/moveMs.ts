/** How long the map takes to move by itself: not at all for who asked for less motion. */
export function moveMs(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 250;
}
