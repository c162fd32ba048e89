import type { SignalingNotifications } from '@commonsight/types/signaling/notifications';
import { useCallback, useEffect, useState } from 'react';
import type { CallResult } from '../api/CallResult.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { type Read, useRead } from './useRead.ts';

type Reader<T> = (signal: AbortSignal) => Promise<CallResult<T>>;

export interface LiveRead<T> {
  read: Read<T>;
  /** Reads again; what is shown stays until the answer is there. */
  readAgain: () => void;
}

/**
 * Reads something, and again whenever the server tells that it has changed or the connection is there again after a
 * gap. The reader must be memoised.
 */
export function useLiveRead<T>(reader: Reader<T> | null, toldBy: keyof SignalingNotifications | null): LiveRead<T> {
  const { signaling, connection } = useWorkspace();
  const [version, setVersion] = useState(0);
  // A new function for each version, because a new reader is what is read again.
  const versioned = useCallback(
    (signal: AbortSignal) => {
      if (reader === null) throw new Error(`Nothing is read in version ${version}.`);
      return reader(signal);
    },
    [reader, version],
  );
  const [kept, setKept] = useState<{ reader: Reader<T> | null; value: T } | null>(null);
  const read = useRead(reader === null ? null : versioned);
  if (read.state === 'loaded' && read.value !== kept?.value) setKept({ reader, value: read.value });

  const readAgain = useCallback(() => setVersion((before) => before + 1), []);
  useEffect(() => (toldBy === null ? undefined : signaling.on(toldBy, readAgain)), [signaling, toldBy, readAgain]);
  useEffect(
    () =>
      connection.subscribe((now, before) => {
        if (now.state === 'connected' && before.state === 'lost') readAgain();
      }),
    [connection, readAgain],
  );

  const isAgain = read.state === 'loading' && kept !== null && kept.reader === reader;
  return { read: isAgain ? { state: 'loaded', value: kept.value } : read, readAgain };
}
