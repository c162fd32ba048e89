import type { AskedFootage, FootageFile, FootageSession } from '@commonsight/types/footage';
import { useEffect, useRef, useState } from 'react';
import { BigButton } from '../../ui/public/BigButton.tsx';
import { useText } from '../../language/LanguageContext.ts';
import { FileUpload, giveUpUpload } from './FileUpload.ts';
import { percentOf } from './percentOf.ts';
import { ReceivedLine, UploadLine } from './UploadLine.tsx';
import { useSending } from './useSending.ts';

export interface UploadPartProps {
  asked: AskedFootage;
  visit: FootageSession;
  /** What the server has may be another now. */
  onFilesChanged: () => void;
}

/** The files that arrived, those on their way, and what was begun before the page was opened anew. */
export function UploadPart({ asked, visit, onFilesChanged }: UploadPartProps) {
  const { footage } = useText();
  const [uploads, setUploads] = useState<readonly FileUpload[]>([]);
  const [said, setSaid] = useState('');
  // An upload learns its id while it goes, and is known by it here.
  const [, setBegun] = useState(0);
  const chooser = useRef<HTMLInputElement>(null);
  const running = useRef<readonly FileUpload[]>([]);
  const known = useRef<readonly FootageFile[]>(asked.files);
  const turn = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    running.current = uploads;
    known.current = asked.files;
  }, [uploads, asked.files]);
  useEffect(
    () => () => {
      for (const upload of running.current) void upload.close();
    },
    [],
  );
  useSending(uploads);
  const choose = (files: FileList | null): void => {
    const chosen = [...(files ?? [])].filter((file) => !uploads.some((upload) => isSameFile(upload, file)));
    const added = chosen.map(
      (file) =>
        new FileUpload(file, {
          secret: visit.secret,
          known: () => known.current,
          onBegun: () => {
            setBegun((before) => before + 1);
            onFilesChanged();
          },
          onReceived: onFilesChanged,
        }),
    );
    setUploads((before) => [...before.filter((upload) => !chosen.some((file) => isOf(upload, file))), ...added]);
    // One after the other: two at once would each take twice as long, and their parts too long for the server.
    for (const upload of added) turn.current = turn.current.then(() => upload.start());
  };
  const remove = async (upload: FileUpload): Promise<void> => {
    setUploads((before) => before.filter((each) => each !== upload));
    // What had the focus goes.
    chooser.current?.focus();
    await upload.remove();
    onFilesChanged();
  };
  const giveUp = async (id: string): Promise<void> => {
    chooser.current?.focus();
    await giveUpUpload(id, visit.secret);
    onFilesChanged();
  };
  const received = asked.files.filter(({ receivedAt }) => receivedAt !== null);
  const unfinished = asked.files.filter(
    (file) => file.receivedAt === null && !uploads.some((upload) => mayBe(upload, file)),
  );
  const shown = uploads.filter(({ id }) => !received.some((file) => file.id === id));
  return (
    <section aria-labelledby="files" className="flex flex-col gap-3">
      <h2 id="files" className="m-0 text-xl font-semibold">
        {footage.files}
      </h2>
      <p className="m-0 text-base text-muted">{footage.filesHelp}</p>
      <label className="inline-flex min-h-11 cursor-pointer items-center justify-center self-start rounded-lg bg-accent px-5 py-2 text-lg font-semibold text-white focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent hover:brightness-110 max-sm:w-full">
        {footage.choose}
        <input
          ref={chooser}
          type="file"
          multiple
          className="sr-only"
          onChange={({ target }) => {
            choose(target.files);
            // The same file can be chosen again.
            target.value = '';
          }}
        />
      </label>
      <output className="sr-only">{said}</output>
      {asked.files.length + uploads.length === 0 ? <p className="m-0 text-base">{footage.noFiles}</p> : null}
      <ul className="m-0 flex list-none flex-col gap-3 p-0 empty:hidden">
        {unfinished.map(({ id, name, offsetBytes, sizeBytes }) => (
          <li key={id} className="flex flex-col items-start gap-2 rounded-lg bg-surface-2 p-4 text-base wrap-anywhere">
            {footage.goOn(name, percentOf(offsetBytes, sizeBytes))}
            <BigButton look="quiet" aria-label={footage.what(footage.remove, name)} onClick={() => void giveUp(id)}>
              {footage.remove}
            </BigButton>
          </li>
        ))}
        {received.map(({ id, name, sizeBytes }) => (
          <ReceivedLine key={id} name={name} sizeBytes={sizeBytes} />
        ))}
        {shown.map((upload) => (
          <UploadLine key={upload.key} upload={upload} onSaid={setSaid} onRemove={() => void remove(upload)} />
        ))}
      </ul>
    </section>
  );
}

function isOf({ file }: FileUpload, { name, size, lastModified }: File): boolean {
  return file.name === name && file.size === size && file.lastModified === lastModified;
}

/** Whether a file is on its way already. One that failed is begun anew by choosing it again. */
function isSameFile(upload: FileUpload, file: File): boolean {
  return isOf(upload, file) && upload.store.getState().state !== 'failed';
}

/** Whether a file of the server's list is what is on its way here. Before its hash is known, its size has to do. */
function mayBe({ id, file, store }: FileUpload, { id: fileId, sizeBytes }: FootageFile): boolean {
  if (id !== null) return id === fileId;
  const { state } = store.getState();
  return file.size === sizeBytes && (state === 'waiting' || state === 'hashing');
}
