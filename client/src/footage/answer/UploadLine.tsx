import { useEffect } from 'react';
import { useStore } from 'zustand';
import { exhausted } from '../../exhausted.ts';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { useText } from '../../language/LanguageContext.ts';
import type { Messages } from '../../language/messages/messages.ts';
import { formatBytes } from '../../incident/format.ts';
import type { FileUpload, UploadState } from './FileUpload.ts';
import type { UploadErrorCode } from './uploadErrors.ts';
import { percentOf } from './percentOf.ts';

export interface UploadLineProps {
  upload: FileUpload;
  /** What has become of it, for who hears the page; failures say so by themselves. */
  onSaid: (words: string) => void;
  onRemove: () => void;
}

/** One file on its way, with what can be done about it. */
export function UploadLine({ upload, onSaid, onRemove }: UploadLineProps) {
  const now = useStore(upload.store);
  const { footage } = useText();
  const { name, size } = upload.file;
  const said = saidOf(now);
  useEffect(() => {
    if (said !== null) onSaid(`${name}: ${footage.said[said]}`);
  }, [said, name, footage, onSaid]);
  if (now.state === 'received') return <ReceivedLine name={name} sizeBytes={size} />;
  const isFailed = now.state === 'failed';
  const doneBytes = 'doneBytes' in now ? now.doneBytes : 0;
  return (
    <li className="flex flex-col gap-2 rounded-lg bg-surface-1 p-4 text-base inset-ring inset-ring-line">
      <span className="wrap-anywhere">
        <span className="font-medium">{name}</span> · {formatBytes(size)}
      </span>
      {isFailed ? (
        // An element of its own: one that stands already is not read out when it turns into an alert.
        <p role="alert" className="m-0 text-stale">
          {problemWords(now.code, footage.problems)}
        </p>
      ) : (
        <>
          <progress aria-label={name} value={doneBytes} max={Math.max(1, size)} className="h-2 w-full accent-accent" />
          <p className="m-0 text-muted">{stateWords(now, size, footage)}</p>
        </>
      )}
      <div className="flex flex-wrap gap-3">
        {now.state === 'uploading' ? (
          <BigButton aria-label={footage.what(footage.pause, name)} onClick={() => upload.pause()}>
            {footage.pause}
          </BigButton>
        ) : null}
        {now.state === 'paused' || (isFailed && now.canRetry) ? (
          <BigButton look="primary" aria-label={footage.what(footage.resume, name)} onClick={() => upload.resume()}>
            {footage.resume}
          </BigButton>
        ) : null}
        <BigButton look="quiet" aria-label={footage.what(footage.remove, name)} onClick={onRemove}>
          {footage.remove}
        </BigButton>
      </div>
    </li>
  );
}

/** A file that has arrived. */
export function ReceivedLine({ name, sizeBytes }: { name: string; sizeBytes: number }) {
  const { footage } = useText();
  return (
    <li className="rounded-lg bg-surface-1 p-4 text-base wrap-anywhere inset-ring inset-ring-line">
      <span className="font-medium">{name}</span> · {formatBytes(sizeBytes)}
      <span className="block text-live">✓ {footage.received}</span>
    </li>
  );
}

function saidOf(now: UploadState): keyof Messages['footage']['said'] | null {
  if (now.state === 'received') return 'received';
  if (now.state !== 'uploading') return null;
  return now.isBroken ? 'broken' : 'uploading';
}

function stateWords(
  now: Exclude<UploadState, { state: 'received' | 'failed' }>,
  size: number,
  words: Messages['footage'],
): string {
  switch (now.state) {
    case 'waiting':
      return words.waiting;
    case 'hashing':
      return words.hashing(percentOf(now.doneBytes, size));
    case 'uploading':
      if (now.isBroken) return words.broken(percentOf(now.doneBytes, size));
      return now.doneBytes >= size ? words.comparing : words.uploading(percentOf(now.doneBytes, size));
    case 'paused':
      return words.paused(percentOf(now.doneBytes, size));
    default:
      return exhausted(now);
  }
}

function problemWords(code: UploadErrorCode, problems: Messages['footage']['problems']): string {
  return code in problems ? problems[code as keyof typeof problems] : problems.other;
}
