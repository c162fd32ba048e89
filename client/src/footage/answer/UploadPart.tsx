import type { AskedFootage, FootageSession } from '@commonsight/types/footage';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../registry/messages/LanguageContext.ts';
import { formatBytes } from '../../incident/format.ts';
import { FileUpload } from './FileUpload.ts';
import { percentOf } from './percentOf.ts';
import { UploadLine } from './UploadLine.tsx';

export interface UploadPartProps {
  asked: AskedFootage;
  visit: FootageSession;
  onReceived: () => void;
}

/** The files that arrived, those on their way, and what was begun before the page was opened anew. */
export function UploadPart({ asked, visit, onReceived }: UploadPartProps) {
  const { footage } = useText();
  const [uploads, setUploads] = useState<readonly FileUpload[]>([]);
  const running = useRef<readonly FileUpload[]>([]);
  useEffect(() => {
    running.current = uploads;
  }, [uploads]);
  useEffect(
    () => () => {
      for (const upload of running.current) void upload.close();
    },
    [],
  );
  const choose = (files: FileList | null): void => {
    const added = [...(files ?? [])].map(
      (file) => new FileUpload(file, { secret: visit.secret, known: asked.files, onReceived }),
    );
    setUploads((before) => [...before, ...added]);
    void startInTurn(added);
  };
  const remove = (upload: FileUpload): void => {
    setUploads((before) => before.filter((each) => each !== upload));
    void upload.remove().then(onReceived);
  };
  const isShownBelow = (name: string, sizeBytes: number): boolean =>
    uploads.some(({ file }) => file.size === sizeBytes && file.name === name);
  const received = asked.files.filter(({ receivedAt }) => receivedAt !== null);
  const unfinished = asked.files.filter(
    ({ receivedAt, name, sizeBytes }) => receivedAt === null && !isShownBelow(name, sizeBytes),
  );
  return (
    <section aria-labelledby="files" className="flex flex-col gap-3">
      <h2 id="files" className="m-0 text-xl font-semibold">
        {footage.files}
      </h2>
      <p className="m-0 text-base text-muted">{footage.filesHelp}</p>
      <label className="inline-flex min-h-11 cursor-pointer items-center justify-center self-start rounded-lg bg-accent px-5 py-2 text-lg font-semibold text-white focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent hover:brightness-110 max-sm:w-full">
        {footage.choose}
        <input
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
      {asked.files.length + uploads.length === 0 ? <p className="m-0 text-base">{footage.noFiles}</p> : null}
      {unfinished.map(({ id, name, offsetBytes, sizeBytes }) => (
        <p key={id} className="m-0 rounded-lg bg-surface-2 p-4 text-base wrap-anywhere">
          {footage.goOn(name, percentOf(offsetBytes, sizeBytes))}
        </p>
      ))}
      <ul className="m-0 flex list-none flex-col gap-3 p-0 empty:hidden">
        {received.map(({ id, name, sizeBytes }) => (
          <li key={id} className="rounded-lg bg-surface-1 p-4 text-base wrap-anywhere inset-ring inset-ring-line">
            <span className="font-medium">{name}</span> · {formatBytes(sizeBytes)}
            <span className="block text-live">✓ {footage.received}</span>
          </li>
        ))}
        {uploads.map((upload) => (
          <UploadLine
            key={`${upload.file.name} ${String(uploads.indexOf(upload))}`}
            upload={upload}
            onRemove={() => remove(upload)}
          />
        ))}
      </ul>
    </section>
  );
}

/** One after the other: two hashes at once would each take twice as long. */
async function startInTurn(uploads: readonly FileUpload[]): Promise<void> {
  for (const upload of uploads) await upload.start();
}
