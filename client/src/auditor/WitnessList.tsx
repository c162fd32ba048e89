import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { readWitnesses } from '../state/witnesses.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { behindWords, summaryWords, witnessState } from './witnessWords.ts';

const readEveryMs = 10_000;

/** Which relays hold the server to its log, and how far each has come. */
export function WitnessList({ size }: { size: number }) {
  const { witnesses: store, signaling } = useWorkspace();
  const { isLoaded, witnesses } = useStore(store);
  const nowMs = useServerNowMs();
  useEffect(() => {
    const timer = window.setInterval(() => void readWitnesses(store, signaling), readEveryMs);
    return () => window.clearInterval(timer);
  }, [store, signaling]);
  if (!isLoaded) return null;
  return (
    <details className="w-full" data-witnesses={witnesses.length}>
      <summary className="cursor-pointer">{summaryWords(witnesses, nowMs)}</summary>
      {witnesses.length === 0 ? (
        <p className="m-0 mt-1 text-muted">
          A relay witnesses the log from its first connection on. Until then a server that rewrites its log is found
          only by a checkpoint that somebody has kept.
        </p>
      ) : (
        <ul className="m-0 mt-1 max-h-60 list-none overflow-auto p-0">
          {witnesses.map((witness) => (
            <li key={witness.relayId} className="border-t border-line py-1.5" data-witness={witness.relayId}>
              <span className="flex items-center gap-2">
                <StatusSymbol kind={witnessState(witness, nowMs)} className="size-3 shrink-0" />
                <span className="min-w-0">
                  <strong>{witness.relayName}</strong> <span className="text-muted">{witness.siteName}</span>{' '}
                  {behindWords(witness, size, nowMs)}
                </span>
              </span>
              <span className="block font-mono text-xs break-all text-muted">Key {witness.verifierKey}</span>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
