import type { FootageFile } from '@commonsight/types/footage';
import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { Download } from 'lucide-react';
import { addressOf } from '../../api/call.ts';
import { formatBytes } from '../../incident/format.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';

/** A file that came, to be downloaded, with its hash for the chain of custody, or how far one has come. */
export function FileLine({ file }: { file: FootageFile }) {
  const { id, name, sizeBytes, offsetBytes, receivedAt, sha256 } = file;
  if (receivedAt === null) {
    return (
      <span className="flex items-center gap-3 text-xs text-muted">
        <progress
          className="h-1.5 w-32 accent-accent"
          aria-label={`${name} on its way`}
          value={offsetBytes}
          max={sizeBytes}
        />
        <span className="figures min-w-0 wrap-anywhere">
          {name}, {formatBytes(offsetBytes)} of {formatBytes(sizeBytes)}
        </span>
      </span>
    );
  }
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-xs">
      <a
        href={addressOf(footageRoutes.downloadFootage, { id }, undefined)}
        download
        className="inline-flex min-h-6 items-center gap-1.5 text-accent underline-offset-4 wrap-anywhere hover:underline"
      >
        <Download className="size-3.5 shrink-0" aria-hidden />
        {name}
      </a>
      <span className="figures text-muted">{formatBytes(sizeBytes)}</span>
      <span className="figures min-w-0 text-muted" title={sha256}>
        SHA-256 {sha256.slice(0, 12)}…
      </span>
      <CopyButton text={sha256} label="Copy SHA-256" look="quiet" size="sm" />
    </span>
  );
}
