import { BigButton } from '../ui/public/BigButton.tsx';
import type { SharingDraft } from './useSharingDraft.ts';

interface SaveBarProps {
  draft: Pick<SharingDraft, 'changes' | 'confirms' | 'isBusy' | 'discard'>;
  onSave: () => void;
}

/** What is not saved yet, and the choice. */
export function SaveBar({ draft: { changes, confirms, isBusy, discard }, onSave }: SaveBarProps) {
  return (
    // Down to the edge of the window, over the page's own padding: nothing shows below it.
    <div className="sticky -bottom-4 z-1 -mx-4 flex flex-wrap items-center justify-end gap-3 border-t border-line-strong bg-surface-0 px-4 py-3 sm:-bottom-8 sm:-mx-8 sm:px-8">
      <span className="flex-1 max-sm:basis-full">
        {changes} {changes === 1 ? 'change is' : 'changes are'} not saved.
        {confirms === 0 ? '' : ` ${confirms} new ${confirms === 1 ? 'camera is' : 'cameras are'} confirmed by this.`}
      </span>
      <BigButton onClick={discard}>Discard</BigButton>
      <BigButton look="primary" disabled={isBusy} onClick={onSave}>
        {isBusy ? 'Saving…' : 'Save'}
      </BigButton>
    </div>
  );
}
