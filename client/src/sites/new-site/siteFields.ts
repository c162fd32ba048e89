import { type Position, positionSchema } from '@commonsight/types/position';
import { isTimeZone } from '@commonsight/types/time-zone';
import { numberOf } from '../../registry/draft/answers.ts';

/** What an administrator types about a new site. */
export interface SiteFields {
  name: string;
  address: string;
  latitude: string;
  longitude: string;
  timeZone: string;
  isResidential: boolean;
}

export interface NewSite {
  name: string;
  address: string;
  position: Position;
  timeZone: string;
  isResidential: boolean;
}

/** The zone of this browser, which is the city's more often than not. */
export function ownTimeZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return isTimeZone(timeZone) ? timeZone : 'UTC';
}

/** What is wrong, by field. */
export function problemsOf(fields: SiteFields): Partial<Record<keyof SiteFields, string>> {
  const found: Partial<Record<keyof SiteFields, string>> = {};
  const { latitude, longitude } = positionSchema.shape;
  if (!isLine(fields.name, 80)) found.name = 'Give a name of at most 80 characters.';
  if (!isLine(fields.address, 200)) found.address = 'Give an address of at most 200 characters.';
  if (!latitude.safeParse(numberOf(fields.latitude)).success) found.latitude = 'Give a number between −90 and 90.';
  if (!longitude.safeParse(numberOf(fields.longitude)).success) found.longitude = 'Give a number between −180 and 180.';
  if (!isTimeZone(fields.timeZone)) found.timeZone = 'Give a time zone such as America/Chicago.';
  return found;
}

/** Where the fields say that it is; null while they say nothing that can be. */
export function positionOf({ latitude, longitude }: Pick<SiteFields, 'latitude' | 'longitude'>): Position | null {
  const parsed = positionSchema.safeParse({ latitude: numberOf(latitude), longitude: numberOf(longitude) });
  return parsed.success ? parsed.data : null;
}

/** The site as it is sent; null when `problemsOf` finds something. */
export function newSiteOf(fields: SiteFields): NewSite | null {
  const position = positionOf(fields);
  if (position === null || Object.keys(problemsOf(fields)).length > 0) return null;
  const { name, address, timeZone, isResidential } = fields;
  return { name: name.trim(), address: address.trim(), position, timeZone, isResidential };
}

function isLine(text: string, mostCharacters: number): boolean {
  const { length } = text.trim();
  return length > 0 && length <= mostCharacters;
}
