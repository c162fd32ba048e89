/** The parts of the page that messages and the list at its top lead to. */
export const partIds = {
  alert: 'owner-alert',
  health: 'owner-health',
  cameras: 'owner-cameras',
  watching: 'owner-watching',
  inbox: 'owner-inbox',
} as const;

export type PartId = (typeof partIds)[keyof typeof partIds];

/** Shows a part and gives it the focus. No address could: what stands behind its `#` is the link's secret. */
export function goToPart(id: PartId): void {
  const part = document.querySelector<HTMLElement>(`#${id}`);
  part?.scrollIntoView();
  part?.focus({ preventScroll: true });
}
