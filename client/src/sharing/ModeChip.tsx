import type { SharingMode } from '@commonsight/types/relay/sharing';
import { modeChips, modeSentences } from './operatorWords.ts';

/** On a row: what its owner shares of a camera, where that is not the live picture. */
export function ModeChip({ mode }: { mode: SharingMode }) {
  const words = modeChips[mode];
  if (words === null) return null;
  return (
    <span
      title={modeSentences[mode]}
      className="shrink-0 rounded-sm px-1 text-2xs text-muted inset-ring inset-ring-line-strong"
    >
      {words}
    </span>
  );
}
