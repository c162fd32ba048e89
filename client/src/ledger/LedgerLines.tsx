import type { Ledger, LedgerLine } from '@commonsight/types/ledger';
import { roleNames } from '../ui/words.ts';
import { dayWords, incidentWords, lengthWords, purposeWords, timeWords } from './ledgerWords.ts';

/** Viewings by day, the newest first. */
export function LedgerLines({
  lines,
  cameras,
  nowMs,
}: {
  lines: readonly LedgerLine[];
  cameras: Ledger['cameras'];
  nowMs: number;
}) {
  const names = new Map(cameras.map(({ id, name }) => [id, name]));
  const days = Map.groupBy(lines, dayWords);
  return [...days].map(([day, ofDay]) => (
    <section key={day} aria-label={day} className="mt-5">
      <h3 className="m-0 text-base font-semibold">{day}</h3>
      <ul className="m-0 mt-1 list-none p-0">
        {ofDay.map((line) => (
          <li key={line.viewingId} data-viewing-id={line.viewingId} className="border-t border-line py-2 text-base">
            <p className="m-0 flex flex-wrap justify-between gap-x-4">
              <span className="font-semibold">{names.get(line.cameraId) ?? 'A camera that is gone'}</span>
              <span className="figures">
                {timeWords(line)}, {lengthWords(line, nowMs)}
                {line.endedAt === null ? <strong className="text-stale"> · open now</strong> : null}
              </span>
            </p>
            <p className="m-0 text-muted">
              {line.kind === 'live' ? 'Live' : 'Replay'} · {purposeWords(line)} · incident {incidentWords(line)} ·{' '}
              {roleNames[line.role]} <span className="font-mono text-sm">{line.pseudonym}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  ));
}
