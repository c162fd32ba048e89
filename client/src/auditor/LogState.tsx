import { useEffect, useState } from 'react';
import { LogUnreadable, readCheckpoint, readLogKey } from './logFiles.ts';
import type { Asked } from './SearchForm.tsx';
import { WitnessList } from './WitnessList.tsx';
import { verdictWords, verifyFile } from './verifyFile.ts';

/** The log grows while it is looked at. */
const readEveryMs = 5_000;

interface Head {
  origin: string;
  size: number;
  key: string;
}

/** The log's last signed head, an export of what was searched for, and the check of any export in this browser. */
export function LogState({ agencyId, asked }: { agencyId: string; asked: Asked }) {
  const [head, setHead] = useState<Head | { problem: string } | null>(null);
  const [verdict, setVerdict] = useState<{ isGood: boolean; words: string } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const read = async (): Promise<void> => {
      const found = await readHead(agencyId);
      if (isCurrent) setHead(found);
    };
    void read();
    const timer = window.setInterval(() => void read(), readEveryMs);
    return () => {
      isCurrent = false;
      window.clearInterval(timer);
    };
  }, [agencyId]);

  async function verify(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setVerdict({ isGood: true, words: 'Checking…' });
    try {
      const { key } = await readLogKey(agencyId);
      const found = await verifyFile(file, key);
      setVerdict({ isGood: found.ok, words: verdictWords(found) });
    } catch (error) {
      const words = error instanceof LogUnreadable ? error.message : 'The file cannot be read.';
      setVerdict({ isGood: false, words });
    }
  }

  return (
    <section
      aria-label="State of the log"
      className="flex flex-wrap items-end gap-x-6 gap-y-2 border-b border-line p-3"
    >
      <p className="m-0 min-w-0 grow">
        {head === null ? 'Reading the last checkpoint…' : null}
        {head !== null && 'problem' in head ? <span role="alert">{head.problem}</span> : null}
        {head !== null && 'size' in head ? (
          <>
            <strong>{head.size} entries, signed.</strong> <span className="break-all text-muted">{head.origin}</span>
            <span className="block font-mono text-xs break-all text-muted">Key {head.key}</span>
          </>
        ) : null}
      </p>
      {head !== null && 'size' in head ? <WitnessList size={head.size} /> : null}
      <a
        className="inline-flex h-8 items-center text-accent underline underline-offset-4"
        href={`/api/log/${agencyId}/export?${new URLSearchParams(asked).toString()}`}
        download
      >
        Export what was searched for
      </a>
      <label className="flex flex-col gap-1 text-xs font-medium text-muted">
        Verify an export in this browser
        <input
          type="file"
          accept=".jsonl"
          className="h-8 max-w-72 rounded-md text-muted inset-ring inset-ring-line-strong file:mr-3 file:h-8 file:rounded-l-md file:border-0 file:bg-surface-3 file:px-3 file:text-text"
          onChange={(changed) => void verify(changed.currentTarget.files?.[0])}
        />
      </label>
      {verdict === null ? null : (
        <output
          data-export-good={verdict.isGood}
          className={`block w-full ${verdict.isGood ? 'text-live' : 'text-stale'}`}
        >
          {verdict.words}
        </output>
      )}
    </section>
  );
}

async function readHead(agencyId: string): Promise<Head | { problem: string }> {
  try {
    const { key, text } = await readLogKey(agencyId);
    const { origin, size } = await readCheckpoint(agencyId, key);
    return { origin, size, key: text };
  } catch (error) {
    const problem = error instanceof LogUnreadable ? error.message : 'The last checkpoint is not signed by the log.';
    return { problem };
  }
}
