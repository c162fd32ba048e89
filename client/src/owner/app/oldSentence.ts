import type { CallError } from '../../api/CallResult.ts';

const clock = new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** Since when nothing new is known, and why. A server that refuses or fails has answered. */
export function oldSentence({ code, message }: Pick<CallError, 'code' | 'message'>, sinceMs: number): string {
  const since = clock.format(new Date(sinceMs));
  if (code === 'unreachable') return `The server has not answered since ${since}.`;
  return `Nothing new could be read since ${since}. ${message}`;
}
