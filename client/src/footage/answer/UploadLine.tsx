import { useStore } from 'zustand';
import { exhausted } from '../../exhausted.ts';
import { BigButton } from '../../registry/BigButton.tsx';
import { useText } from '../../registry/messages/LanguageContext.ts';
import type { Messages } from '../../registry/messages/messages.ts';
import { formatBytes } from '../../incident/format.ts';
import type { FileUpload, UploadErrorCode, UploadState } from './FileUpload.ts';
import { percentOf } from './percentOf.ts';

/** One file on its way, with what can be done about it. */
export function UploadLine({ upload, onRemove }: { upload: FileUpload; onRemove: () => void }) {
  const now = useStore(upload.store);
  const { footage } = useText();
  const { name, size } = upload.file;
  // What has arrived is listed by the server.
  if (now.state === 'received') return null;
  const isFailed = now.state === 'failed';
  return (
    <li className="flex flex-col gap-2 rounded-lg bg-surface-1 p-4 text-base inset-ring inset-ring-line">
      <span className="wrap-anywhere">
        <span className="font-medium">{name}</span> · {formatBytes(size)}
      </span>
      {isFailed ? null : (
        <progress
          aria-label={name}
          value={now.doneBytes}
          max={Math.max(1, size)}
          className="h-2 w-full accent-accent"
        />
      )}
      <p role={isFailed ? 'alert' : undefined} className={isFailed ? 'm-0 text-stale' : 'm-0 text-muted'}>
        {stateWords(now, size, footage)}
      </p>
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

function stateWords(
  now: Exclude<UploadState, { state: 'received' }>,
  size: number,
  words: Messages['footage'],
): string {
  switch (now.state) {
    case 'hashing':
      return words.hashing(percentOf(now.doneBytes, size));
    case 'uploading':
      return now.isBroken
        ? words.broken(percentOf(now.doneBytes, size))
        : words.uploading(percentOf(now.doneBytes, size));
    case 'paused':
      return words.paused(percentOf(now.doneBytes, size));
    case 'failed':
      return problemWords(now.code, words.problems);
    default:
      return exhausted(now);
  }
}

function problemWords(code: UploadErrorCode, problems: Messages['footage']['problems']): string {
  return code in problems ? problems[code as keyof typeof problems] : problems.other;
}
