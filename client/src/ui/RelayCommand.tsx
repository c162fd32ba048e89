import { Check, Copy } from 'lucide-react';
import { relayCommand } from './relayCommand.ts';
import { useCopy } from './useCopy.ts';

/** A command for the relay's console, to read and to copy; on pages by day and by night. */
export function RelayCommand({ act }: { act: string }) {
  const command = relayCommand(act);
  const { state, copy } = useCopy(command);
  return (
    <span className="mt-1 flex flex-wrap items-center gap-2 text-text">
      <code className="rounded-md bg-surface-2 px-2 py-1 wrap-anywhere">{command}</code>
      <button
        type="button"
        aria-label={`Copy: ${command}`}
        className="inline-flex min-h-8 items-center gap-1.5 rounded-md border-0 bg-surface-1 px-3 text-sm text-text inset-ring inset-ring-line-strong hover:bg-surface-2"
        onClick={() => void copy()}
      >
        {state === 'copied' ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
        Copy
      </button>
      <output className="text-sm">
        {state === 'copied' ? 'Copied.' : null}
        {state === 'refused' ? 'The browser does not let this page copy: select it and copy it by hand.' : null}
      </output>
    </span>
  );
}
