import { CopyButton } from '../ui/CopyButton.tsx';

/** What names a policy exactly: whoever has the file can compute it. */
export function PolicyHash({ hash }: { hash: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md bg-surface-0 px-3 py-2">
      <span className="text-xs text-muted">SHA-256</span>
      <code data-testid="policy-hash" className="min-w-0 flex-1 basis-56 font-mono text-xs break-all">
        {hash}
      </code>
      <CopyButton text={hash} label="Copy hash" />
    </div>
  );
}
