import type { StreamHealth } from '@commonsight/types/health';
import type { StatusKind } from '../ui/StatusSymbol.tsx';

const byState: Readonly<Record<StreamHealth['state'], { kind: StatusKind; word: string }>> = {
  idle: { kind: 'waiting', word: 'Ready' },
  connecting: { kind: 'waiting', word: 'Connecting' },
  waitingForKeyFrame: { kind: 'waiting', word: 'Connecting' },
  live: { kind: 'live', word: 'Live' },
  degraded: { kind: 'warn', word: 'Degraded' },
  stale: { kind: 'stale', word: 'Stale' },
  cameraOffline: { kind: 'off', word: 'Offline' },
  relayOffline: { kind: 'off', word: 'Relay offline' },
};

/** A camera's health in a symbol and a word, for a row of a list. */
export function cameraWords(health: StreamHealth): { kind: StatusKind; word: string } {
  return byState[health.state];
}
