import type { Ledger } from '@commonsight/types/ledger';
import { type UploadSettings, uploadSettingsSchema } from '@commonsight/types/relay/upload';
import { useState } from 'react';
import { parseMegabits, wrongMegabits } from '../../ui/megabits.ts';
import { OwnerField } from '../OwnerField.tsx';
import { fitWords, sendingWords, uploadAdvice } from './uploadLimitWords.ts';
import { useUploadLimit } from './useUploadLimit.ts';

interface UploadLimitPartProps {
  secret: string;
  cameras: Ledger['cameras'];
  /** With what was changed here; null: no limit. */
  settings: UploadSettings | null;
  /** Null: this browser may look and not change. */
  onChange: ((upload: UploadSettings | 'none') => void) | null;
}

const moment = new Intl.DateTimeFormat('en-US', { timeStyle: 'medium', hour12: false });

/** How much may leave the site, as a part of what the owner signs, and how much does. */
export function UploadLimitPart({ secret, cameras, settings, onChange }: UploadLimitPartProps) {
  const [isOpen, setOpen] = useState(false);
  const upload = useUploadLimit(secret, isOpen);
  const names = new Map(cameras.map(({ id, name }) => [id, name]));
  const limit = settings?.mostKilobitsPerSecond ?? null;
  const fits = upload === null || limit === null ? null : fitWords(upload.cameras, limit);
  const state = upload?.upload ?? null;
  const advice = state === null ? null : uploadAdvice(state);
  return (
    <details className="mt-4" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="min-h-11 cursor-pointer content-center font-semibold">How much leaves your site</summary>
      {onChange === null ? null : <LimitField key={limit} limit={limit} onChange={onChange} />}
      {fits === null ? null : <p className="m-0 mt-2 text-muted">{fits}</p>}
      <p className="m-0 mt-2" data-testid="upload-now">
        {upload === null
          ? 'Your relay does not tell now.'
          : state === null
            ? 'Your relay is of an earlier version and knows no limit. Update it before you set one.'
            : sendingWords(state)}
      </p>
      {advice === null ? null : <p className="m-0 mt-1 text-warn">{advice}</p>}
      <ul aria-label="What did not fit" className="m-0 mt-2 list-none p-0 empty:hidden">
        {state?.refused.map(({ at, cameraId, kind, message }) => (
          <li key={`${at} ${cameraId} ${kind}`} className="border-t border-line py-1.5">
            <strong>{names.get(cameraId) ?? 'A camera'}</strong>, {moment.format(new Date(at))}: {message}
          </li>
        ))}
      </ul>
    </details>
  );
}

function LimitField({
  limit,
  onChange,
}: {
  limit: number | null;
  onChange: (upload: UploadSettings | 'none') => void;
}) {
  const [isWrong, setWrong] = useState(false);

  function take(text: string): void {
    const most = parseMegabits(text);
    const parsed = most === null ? null : uploadSettingsSchema.safeParse({ mostKilobitsPerSecond: most });
    setWrong(parsed !== null && !parsed.success);
    if (most === limit) return;
    if (parsed === null) onChange('none');
    else if (parsed.success) onChange(parsed.data);
  }

  return (
    <OwnerField
      className="max-w-96"
      label="At most, in Mbit/s"
      hint="Your relay sends no more than this, whoever asks. Empty: no limit."
      problem={isWrong ? wrongMegabits : null}
      inputMode="decimal"
      defaultValue={limit === null ? '' : limit / 1_000}
      onBlur={({ target }) => take(target.value)}
    />
  );
}
