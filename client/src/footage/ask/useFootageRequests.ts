import type { FootageRequest } from '@commonsight/types/footage';
import { footageRoutes } from '@commonsight/types/http/footage-routes';
import { useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import { useLiveRead } from '../../incident/useLiveRead.ts';

/** Answers and uploads come when they come; who waits for them sees them soon. */
const readEveryMs = 30_000;

const readNewest = (signal: AbortSignal) => call(footageRoutes.listFootageRequests, { signal });

type Requests = ReadonlyMap<string, FootageRequest>;

export interface FootageRequests {
  /** Newest first; null until they were read. */
  requests: readonly FootageRequest[] | null;
  hasOlder: boolean;
  /** Why the last reading failed. What was read before stays. */
  problem: string | null;
  retry: () => void;
  readOlder: () => Promise<void>;
  /** Takes over how a request stands now. */
  take: (request: FootageRequest) => void;
}

/** The requests that one reads: the newest are read again and again, older ones when somebody wants them. */
export function useFootageRequests(): FootageRequests {
  const { read, readAgain } = useLiveRead(readNewest, null);
  const [known, setKnown] = useState<Requests | null>(null);
  const [hasOlder, setHasOlder] = useState(false);
  const [olderProblem, setOlderProblem] = useState<string | null>(null);
  const [taken, setTaken] = useState<object | null>(null);
  useEffect(() => {
    const timer = window.setInterval(readAgain, readEveryMs);
    return () => window.clearInterval(timer);
  }, [readAgain]);
  if (read.state === 'loaded' && read.value !== taken) {
    setTaken(read.value);
    setKnown(withRequests(known, read.value.requests));
    if (known === null) setHasOlder(read.value.hasMore);
  }
  const requests = known === null ? null : [...known.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1));
  const readOlder = async (): Promise<void> => {
    const last = requests?.at(-1);
    if (last === undefined) return;
    const result = await call(footageRoutes.listFootageRequests, { query: { before: last.id } });
    setOlderProblem(result.state === 'failed' ? result.error.message : null);
    if (result.state !== 'ok') return;
    setKnown((before) => withRequests(before, result.value.requests));
    setHasOlder(result.value.hasMore);
  };
  return {
    requests,
    hasOlder,
    problem: read.state === 'failed' ? read.message : olderProblem,
    retry: readAgain,
    readOlder,
    take: (request) => setKnown((before) => withRequests(before, [request])),
  };
}

function withRequests(known: Requests | null, read: readonly FootageRequest[]): Requests {
  return new Map([...(known ?? []), ...read.map((request) => [request.id, request] as const)]);
}
