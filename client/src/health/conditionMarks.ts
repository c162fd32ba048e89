import type { StatusKind } from '../ui/StatusSymbol.tsx';
import type { ConditionKind } from './conditionOf.ts';

/** How each condition is marked, by shape and word. */
export const conditionMarks: Readonly<Record<ConditionKind, { symbol: StatusKind; word: string }>> = {
  problem: { symbol: 'stale', word: 'Problem' },
  waiting: { symbol: 'waiting', word: 'To confirm' },
  live: { symbol: 'live', word: 'Watched' },
  ready: { symbol: 'off', word: 'Ready' },
  unknown: { symbol: 'warn', word: 'Unknown' },
};
