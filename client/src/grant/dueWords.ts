import type { BreakGlass } from '@commonsight/types/grant-request';
import { formatElapsed } from '../incident/format.ts';
import { isOverdue } from '../state/breakGlass.ts';

/** How a justification stands: `due in 23 h 04`, `overdue for 2 h 10`, `justified`. */
export function dueWords(use: BreakGlass, serverNowMs: number): string {
  if (use.state === 'justified') return 'justified';
  const leftMs = Date.parse(use.dueAt) - serverNowMs;
  return isOverdue(use, serverNowMs) ? `overdue for ${formatElapsed(-leftMs)}` : `due in ${formatElapsed(leftMs)}`;
}

/** The reminder of whoever has to write some. */
export function dueCountWords(due: number, overdue: number): string {
  const what = due === 1 ? '1 justification due' : `${due} justifications due`;
  return overdue === 0 ? what : `${what}, ${overdue} overdue`;
}
