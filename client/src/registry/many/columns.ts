import {
  type Coverage,
  coverageSchema,
  placementSchema,
  recordingSchema,
  registrationKindSchema,
} from '@commonsight/types/registration';
import { viewConeSchema } from '@commonsight/types/position';
import { numberOf } from '../draft/answers.ts';
import type { Draft } from '../draft/Draft.ts';
import type { Messages } from '../../language/messages/messages.ts';

type Choices = Readonly<Record<string, unknown>>;

/** The columns of a file of cameras, in the order of the template; each language calls them by its own words too. */
export const columns = [
  'kind',
  'placement',
  'address',
  'latitude',
  'longitude',
  'direction',
  'width',
  'range',
  'covers',
  'days',
  'recording',
  'clock',
] as const;

export type Column = (typeof columns)[number];

/** What may be left out of a file, or empty: an ordinary view, and a clock that is right. Days may be empty: unknown. */
export const optionalColumns: readonly Column[] = ['width', 'range', 'clock'];

/** What the cells of a line say; a cell that says nothing that is known leaves the draft without an answer. */
export function answersOf(cells: Readonly<Record<Column, string>>, words: Messages): Partial<Draft> {
  return {
    kind: choiceOf(cells.kind, registrationKindSchema.options, words.kind),
    placement: choiceOf(cells.placement, placementSchema.options, words.placement),
    address: cells.address,
    latitude: cells.latitude,
    longitude: cells.longitude,
    bearingDegrees: partOfView(cells.direction, 'bearingDegrees', null),
    angleDegrees: partOfView(cells.width, 'angleDegrees', 90),
    rangeMetres: partOfView(cells.range, 'rangeMetres', 30),
    covers: coversOf(cells.covers, words),
    retentionDays: cells.days,
    isRetentionUnknown: cells.days === '',
    recording: choiceOf(cells.recording, recordingSchema.options, words.recording),
    clockOffsetSeconds: cells.clock === '' ? 0 : numberOf(cells.clock),
  };
}

/** A number of the view cone; NaN for one that is none. `otherwise`: what an empty cell means. */
function partOfView(cell: string, part: keyof typeof viewConeSchema.shape, otherwise: number | null): number {
  const number = cell === '' ? otherwise : numberOf(cell);
  return viewConeSchema.shape[part].safeParse(number).data ?? Number.NaN;
}

/** Several words in one cell stand behind each other with `;`, `,` or `/`; one that is unknown makes all of them count for none. */
function coversOf(cell: string, words: Messages): Coverage[] {
  const named = cell
    .split(/[;,/]/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const known = named.map((each) => choiceOf(each, coverageSchema.options, words.covers));
  if (known.includes(null)) return [];
  return coverageSchema.options.filter((option) => known.includes(option));
}

/** The choice that a cell names by its own name or by the person's word for it, in any case. */
function choiceOf<Choice extends string>(cell: string, choices: readonly Choice[], words: Choices): Choice | null {
  const named = cell.trim().toLowerCase();
  const isNamed = (choice: Choice) => named === choice.toLowerCase() || named === String(words[choice]).toLowerCase();
  return choices.find(isNamed) ?? null;
}
