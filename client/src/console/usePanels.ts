import { useState } from 'react';
import { z } from 'zod';

const panelsSchema = z.object({ left: z.boolean(), map: z.boolean(), right: z.boolean() });

export type PanelName = keyof z.infer<typeof panelsSchema>;

export interface Panels {
  isOpen: Readonly<Record<PanelName, boolean>>;
  toggle: (panel: PanelName) => void;
  open: (panel: PanelName) => void;
}

const storageKey = 'commonsight.console.panels';

/** Which panels of the console are open, remembered on this machine. */
export function usePanels(): Panels {
  const [isOpen, setIsOpen] = useState(read);
  const set = (panel: PanelName, open: boolean): void => {
    const after = { ...isOpen, [panel]: open };
    setIsOpen(after);
    localStorage.setItem(storageKey, JSON.stringify(after));
  };
  return {
    isOpen,
    toggle: (panel) => set(panel, !isOpen[panel]),
    open: (panel) => (isOpen[panel] ? undefined : set(panel, true)),
  };
}

function read(): Record<PanelName, boolean> {
  try {
    const parsed = panelsSchema.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? ''));
    if (parsed.success) return parsed.data;
  } catch {
    // What was kept is not JSON: begin anew.
  }
  return { left: true, map: true, right: true };
}
