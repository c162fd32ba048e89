import type { Witness } from '@commonsight/types/witness';

/** A relay cosigns once a minute at least, also while nothing happens. */
const currentMs = 3 * 60_000;

type Seen = Pick<Witness, 'cosigned' | 'alarm'>;

function isCurrent({ cosigned, alarm }: Seen, nowMs: number): boolean {
  return alarm === null && cosigned !== null && nowMs - Date.parse(cosigned.at) < currentMs;
}

export function witnessState(witness: Seen, nowMs: number): 'live' | 'warn' | 'stale' {
  if (witness.alarm !== null) return 'stale';
  return isCurrent(witness, nowMs) ? 'live' : 'warn';
}

export function summaryWords(witnesses: readonly Seen[], nowMs: number): string {
  if (witnesses.length === 0) return 'No relay witnesses this log yet.';
  const alarms = witnesses.filter(({ alarm }) => alarm !== null).length;
  const current = witnesses.filter((witness) => isCurrent(witness, nowMs)).length;
  const relays = witnesses.length === 1 ? '1 relay' : `${witnesses.length} relays`;
  const words = `Witnessed by ${current} of ${relays} within three minutes.`;
  return alarms === 0 ? words : `${words} ${alarms === 1 ? '1 raises' : `${alarms} raise`} an alarm.`;
}

/** How far a witness has come in a log of this size. */
export function behindWords({ cosigned, alarm }: Seen, size: number, nowMs: number): string {
  const ended = alarm === null ? '' : 'raises an alarm and cosigns nothing more; ';
  if (cosigned === null) return `${ended}has cosigned nothing yet`;
  const behind = Math.max(0, size - cosigned.size);
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(cosigned.at)) / 1_000));
  const ago = seconds < 120 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
  const distance = behind === 0 ? 'all entries' : `${cosigned.size} entries, ${behind} behind`;
  return `${ended}cosigned ${distance}, ${ago}`;
}
