/** Marks the element that lies over the whole page, such as the lock. */
export const pageCoverMark = { 'data-page-cover': '' } as const;

/** While something lies over the whole page, what is beneath keeps still: no key and no press reaches it. */
export function isPageCovered(): boolean {
  return document.querySelector('[data-page-cover]') !== null;
}
