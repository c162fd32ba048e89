import type { Withholding } from '@commonsight/types/ledger';

const dayMs = 24 * 60 * 60_000;

/** `running` until it is ended or its time is over. Times are epoch milliseconds of the server's clock. */
export function withholdingState(
  { endsAt, endedAt }: Pick<Withholding, 'endsAt' | 'endedAt'>,
  nowMs: number,
): 'running' | 'endedEarly' | 'over' {
  if (endedAt !== null) return 'endedEarly';
  return Date.parse(endsAt) > nowMs ? 'running' : 'over';
}

/** How long owners still do not see the number: `12 days left`, `less than an hour left`. */
export function leftWords(endsAt: string, nowMs: number): string {
  const leftMs = Date.parse(endsAt) - nowMs;
  const days = Math.floor(leftMs / dayMs);
  if (days >= 2) return `${days} days left`;
  const hours = Math.floor(leftMs / (60 * 60_000));
  if (hours >= 2) return `${hours} hours left`;
  return hours === 1 ? 'an hour left' : 'less than an hour left';
}

/** Running ones first, the next to end on top; then what is over, the newest first. */
export function orderWithholdings<W extends Pick<Withholding, 'endsAt' | 'endedAt' | 'createdAt'>>(
  withholdings: readonly W[],
  nowMs: number,
): W[] {
  const isRunning = (one: W): boolean => withholdingState(one, nowMs) === 'running';
  const running = withholdings.filter(isRunning).sort((a, b) => a.endsAt.localeCompare(b.endsAt));
  const over = withholdings.filter((one) => !isRunning(one)).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return [...running, ...over];
}
