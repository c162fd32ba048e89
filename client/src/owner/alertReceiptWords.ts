import type { OwnerAlert } from '@commonsight/types/alert';
import type { Ledger } from '@commonsight/types/ledger';
import { endWords, watchedDuring } from './alertWords.ts';

const moment = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

/** What came of an alert, in words: the same on the page and in the file. */
interface AlertReceiptWords {
  title: string;
  /** When it was, how long, and why it ended. */
  sentence: string;
  /** Who looked, and how long; null where nobody can say, and where there was nothing to see. */
  watched: { who: string; what: string }[] | null;
  /** What else is to be known. */
  notes: string[];
}

/** Of an alert that is over; `ledger` is null when nobody knows now who looked. */
export function alertReceiptWords(alert: OwnerAlert, ledger: Ledger | null): AlertReceiptWords {
  const { isTest, sharedAt } = alert;
  const wasSeen = ledger !== null && !isTest && sharedAt !== null;
  const watched = wasSeen ? watchedDuring(alert, ledger, Date.parse(alert.endedAt ?? alert.until)) : [];
  const oldest = ledger?.lines.at(-1)?.startedAt;
  const mayBeMore = wasSeen && ledger.hasMore && oldest !== undefined && oldest > sharedAt;
  const nobody = mayBeMore
    ? 'Nobody looked through your cameras, as far as the newest lines reach.'
    : 'Nobody looked through your cameras.';
  return {
    title: titleOf(alert),
    sentence: sentenceOf(alert),
    watched: wasSeen
      ? watched.map(({ pseudonym, cameraName, ms }) => ({
          who: pseudonym,
          what: `looked through ${cameraName} for ${secondsWords(ms)}.`,
        }))
      : null,
    notes: [
      ...(isTest ? ['Nothing was opened, and the police heard nothing.'] : []),
      ...(wasSeen && watched.length === 0 ? [nobody] : []),
      ...(mayBeMore ? ['Earlier views of it are under everybody who has looked.'] : []),
      'This version records nothing: no picture was kept.',
    ],
  };
}

/** The receipt as a file to keep: the words, and the record itself as JSON in the last line. */
export function alertReceiptFile(alert: OwnerAlert, ledger: Ledger | null): { name: string; text: string } {
  const { title, sentence, watched, notes } = alertReceiptWords(alert, ledger);
  const site = ledger === null ? [] : [ledger.site.name];
  const views = (watched ?? []).map(({ who, what }) => `${who} ${what}`);
  return {
    name: `commonsight-${alert.isTest ? 'test' : 'alert'}-${alert.begunAt.slice(0, 10)}-${alert.id.slice(0, 8)}.txt`,
    text: `${[...site, title, sentence, ...views, ...notes, JSON.stringify(alert)].join('\n')}\n`,
  };
}

function titleOf({ isTest, sharedAt }: OwnerAlert): string {
  if (isTest) return 'Your last test';
  return sharedAt === null ? 'Your last alert, which shared nothing' : 'Your last alert';
}

function sentenceOf({ begunAt, sharedAt, endedAt, end }: OwnerAlert): string {
  const when =
    sharedAt === null || endedAt === null
      ? `Begun ${moment.format(new Date(begunAt))}.`
      : `From ${moment.format(new Date(sharedAt))} to ${moment.format(new Date(endedAt))}, ${lengthOf(sharedAt, endedAt)}.`;
  return `${when} ${end === null ? '' : endWords[end]}`.trimEnd();
}

function lengthOf(from: string, to: string): string {
  return secondsWords(Date.parse(to) - Date.parse(from));
}

function secondsWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
