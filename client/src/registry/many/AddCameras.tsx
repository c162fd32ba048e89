import type { OwnRegistration, RegistryTerms } from '@commonsight/types/registration';
import { type ReactNode, use, useId, useState } from 'react';
import { downloadText } from '../../ui/downloadText.ts';
import { BigButton } from '../../ui/public/BigButton.tsx';
import type { Visit } from '../manage/visit.ts';
import { LanguageContext, useText } from '../../language/LanguageContext.ts';
import { errorWords } from '../../language/messages/messages.ts';
import { Problem } from '../../ui/public/Problem.tsx';
import { TermsText } from '../TermsText.tsx';
import { CameraLines } from './CameraLines.tsx';
import { readCameras, writeCameras } from './readCameras.ts';
import { templateOf } from './templateOf.ts';
import { useAddCameras } from './useAddCameras.ts';

/** Two thousand long lines are far less. */
const largestFileBytes = 2_000_000;

export interface AddCamerasProps {
  visit: Visit;
  terms: readonly RegistryTerms[];
  onAdded: (registrations: readonly OwnRegistration[]) => void;
  onTermsChanged: () => void;
  /** The server knows the visit no more. */
  onEnded: () => void;
}

/** Registers the cameras of a file, which is checked line by line while it is corrected. */
export function AddCameras({ visit, terms, onAdded, onTermsChanged, onEnded }: AddCamerasProps) {
  const words = useText();
  const language = use(LanguageContext);
  const { many } = words;
  const id = useId();
  const [text, setText] = useState('');
  const [isTooLarge, setTooLarge] = useState(false);
  const [agreedHash, setAgreedHash] = useState<string | null>(null);
  const { adding, add } = useAddCameras(visit, {
    onAdded: (registrations, left) => {
      onAdded(registrations);
      setText(left.length === 0 ? '' : writeCameras(left));
    },
    onTermsChanged,
    onEnded,
  });
  const { lines, missing } = readCameras(text, visit.area, words);
  const right = lines.filter(({ details }) => details !== null);
  const current = terms.find((one) => one.language === language);
  // The tick counts for the text that stands there.
  const isAgreed = current !== undefined && agreedHash === current.hash;
  const isAdding = adding.state === 'adding';
  const canSend = lines.length > 0 && right.length === lines.length && isAgreed && !isAdding;

  const read = async (file: File | undefined): Promise<void> => {
    setTooLarge(file !== undefined && file.size > largestFileBytes);
    if (file !== undefined && file.size <= largestFileBytes) setText(await file.text());
  };

  return (
    <details className="rounded-lg bg-surface-1 px-4 inset-ring inset-ring-line-strong">
      <summary className="flex min-h-14 cursor-pointer items-center font-semibold">{many.title}</summary>
      <form
        noValidate
        className="flex flex-col gap-4 pb-4"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (canSend && current !== undefined) void add(lines, current);
        }}
      >
        <p className="m-0 text-base">{many.help}</p>
        <BigButton className="self-start" onClick={() => downloadText(`${many.templateFile}.csv`, templateOf(words))}>
          {many.template}
        </BigButton>
        <Labelled id={`${id}-file`} label={many.file}>
          <input
            id={`${id}-file`}
            type="file"
            accept=".csv,text/csv,text/plain"
            disabled={isAdding}
            className="min-h-11 w-full text-base file:mr-3 file:min-h-11 file:rounded-lg file:border-0 file:bg-surface-2 file:px-4 file:text-text"
            onChange={({ currentTarget }) => {
              void read(currentTarget.files?.[0]);
              // The same file again, corrected elsewhere, is a change too.
              currentTarget.value = '';
            }}
          />
          <Problem words={isTooLarge ? many.tooLarge : null} />
        </Labelled>
        <Labelled id={`${id}-text`} label={many.text}>
          <textarea
            id={`${id}-text`}
            value={text}
            rows={6}
            spellCheck={false}
            disabled={isAdding}
            aria-describedby={`${id}-help ${id}-missing`}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            className="w-full min-w-0 rounded-lg border-0 bg-surface-1 p-3 font-mono text-base text-text inset-ring inset-ring-line-strong"
          />
          <p id={`${id}-help`} className="m-0 text-base text-muted">
            {many.textHelp}
          </p>
          <Problem
            id={`${id}-missing`}
            words={
              text.trim() === '' || missing.length === 0
                ? null
                : many.missing(missing.map((column) => many.columns[column]).join(', '))
            }
          />
        </Labelled>
        {lines.length === 0 ? null : (
          <>
            <output className="block m-0 font-semibold">{many.count(right.length, lines.length - right.length)}</output>
            <CameraLines lines={lines} />
            <p className="m-0 rounded-lg bg-accent-soft p-4 text-base">{words.summary.statement}</p>
            {current === undefined ? null : <TermsText terms={current} />}
            <label className="flex min-h-14 cursor-pointer items-center gap-3">
              <input
                type="checkbox"
                checked={isAgreed}
                onChange={({ currentTarget }) => setAgreedHash(currentTarget.checked ? (current?.hash ?? null) : null)}
                className="m-0 size-5 shrink-0 accent-accent"
              />
              {words.summary.agree}
            </label>
            {right.length === lines.length ? null : <p className="m-0 text-base text-muted">{many.wrongFirst}</p>}
            <BigButton type="submit" look="primary" disabled={!canSend} className="self-start">
              {many.send(lines.length)}
            </BigButton>
          </>
        )}
        {adding.state === 'adding' ? (
          <div className="flex flex-col gap-2">
            <output className="block m-0 text-base">{many.sending(adding.done, adding.all)}</output>
            <progress
              aria-label={many.title}
              value={adding.done}
              max={adding.all}
              className="h-2 w-full accent-accent"
            />
          </div>
        ) : null}
        {adding.state === 'done' ? (
          <output className="block m-0 rounded-lg bg-accent-soft p-4">{many.done(adding.done)}</output>
        ) : null}
        <Problem words={adding.state === 'failed' ? errorWords(adding.error, words) : null} />
      </form>
    </details>
  );
}

function Labelled({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-base font-medium">
        {label}
      </label>
      {children}
    </div>
  );
}
