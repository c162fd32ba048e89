import { digestConfirmDays } from '@commonsight/types/digest';
import type { Ledger, LedgerLine } from '@commonsight/types/ledger';
import type { RegistrantLanguage } from '@commonsight/types/registration';
import type { Span } from '../ledger/ledgerRepository.ts';
import { fill } from '../mail/fill.ts';
import { type DigestWords, digestWords, fillCount } from './digestWords.ts';

/** So many names of cameras that nobody looked through are written out. */
const mostNames = 20;

export interface DigestContent {
  language: RegistrantLanguage;
  /** By which times and days are written. */
  timeZone: string;
  siteName: string;
  agencyName: string;
  span: Span;
  cameras: readonly Pick<Ledger['cameras'][number], 'id' | 'number' | 'name'>[];
  /** Of the span, in the order in which they began. */
  lines: readonly LedgerLine[];
  /** All views of the span, also those that are not among `lines`, and those whose number is withheld. */
  views: number;
  withheld: number;
  writtenAt: Date;
  stopUrl: string;
}

/** The mail that asks whether an address is right. */
export function writeConfirmation(
  language: RegistrantLanguage,
  values: { siteName: string; agencyName: string; link: string },
): { subject: string; text: string } {
  const { confirmation } = digestWords(language);
  const { siteName: site, agencyName: agency, link } = values;
  const all = { site, agency, link, days: digestConfirmDays };
  return { subject: fill(confirmation.subject, all), text: fill(confirmation.text, all) };
}

/** The last mail to an address that another one has replaced, or to which the owner's page has stopped the mails. */
export function writeLast(
  language: RegistrantLanguage,
  what: 'replaced' | 'stopped',
  { siteName: site, agencyName: agency }: { siteName: string; agencyName: string },
): { subject: string; text: string } {
  const words = digestWords(language)[what];
  return { subject: fill(words.subject, { site, agency }), text: fill(words.text, { site, agency }) };
}

/** The weekly mail: what the ledger shows of a span, camera by camera. */
export function writeDigest(content: DigestContent): { subject: string; text: string } {
  const { language, timeZone, siteName, agencyName, span, views, withheld, stopUrl } = content;
  const words = digestWords(language);
  const days = new Intl.DateTimeFormat(words.locale, { dateStyle: 'long', timeZone });
  const all = {
    site: siteName,
    agency: agencyName,
    // The end of the span belongs to the next one.
    period: days.formatRange(span.from, span.to.getTime() - 1),
    timeZone,
    views: fillCount(words.words.views, views),
    withheld: fillCount(words.words.withheld, withheld),
    cameras: camerasText(content, words),
    stop: stopUrl,
  };
  return { subject: fill(words.digest.subject, all), text: fill(words.digest.text, all) };
}

function camerasText(content: DigestContent, words: DigestWords): string {
  const { cameras, lines, views } = content;
  if (views === 0) return '';
  const { camera: heading, notListed } = words.words;
  const ofCamera = Map.groupBy(lines, ({ cameraId }) => cameraId);
  const parts = cameras.flatMap(({ id, number, name }) => {
    const seen = ofCamera.get(id) ?? [];
    if (seen.length === 0) return [];
    return [[fillCount(heading, seen.length, { number, name }), ...seen.map((line) => lineText(line, content, words))]];
  });
  // Whether nobody looked through a camera is known only when every view is here.
  const hidden = views - lines.length;
  const unseen = cameras.filter(({ id }) => !ofCamera.has(id)).map(({ name }) => name);
  parts.push([hidden > 0 ? fillCount(notListed, hidden) : unseenText(unseen, words)]);
  return `\n${parts.map((part) => `${part.join('\n')}\n`).join('\n')}`;
}

function unseenText(names: readonly string[], { words }: DigestWords): string {
  const shown = names.slice(0, mostNames);
  if (names.length > shown.length) shown.push(fill(words.more, { count: names.length - shown.length }));
  return fillCount(words.notSeen, names.length, { names: shown.join(', ') });
}

function lineText(line: LedgerLine, { timeZone, writtenAt }: DigestContent, words: DigestWords): string {
  const { words: parts, locale, kinds, purposes, roles } = words;
  const begin = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  });
  const length = lengthText(line, writtenAt);
  const purpose = purposes[line.purpose];
  const text = fill(parts.line, {
    begin: begin.format(new Date(line.startedAt)),
    length: line.endedAt === null ? fill(parts.stillOpen, { length }) : length,
    kind: kinds[line.kind],
    purpose: line.isBreakGlass ? fill(parts.breakGlass, { purpose }) : purpose,
    incident: incidentText(line, timeZone, words),
    role: roles[line.role],
    pseudonym: line.pseudonym,
  });
  return `  ${text}`;
}

function incidentText({ incident }: LedgerLine, timeZone: string, { words, locale }: DigestWords): string {
  if (incident.state === 'shown') return fill(words.number, { number: incident.number });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(new Date(incident.until));
  return fill(words.withheldUntil, { day });
}

/** How long somebody looked, or has so far; the same in each language. */
function lengthText({ startedAt, endedAt }: LedgerLine, now: Date): string {
  const endMs = endedAt === null ? now.getTime() : Date.parse(endedAt);
  const seconds = Math.max(0, Math.round((endMs - Date.parse(startedAt)) / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
