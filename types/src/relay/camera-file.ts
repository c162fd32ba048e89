import { idSchema } from '../ids.ts';
import { type Position, positionSchema, type ViewCone, viewConeSchema } from '../position.ts';
import { sectionSchema } from '../site-camera.ts';
import { lineSchema } from '../text.ts';
import { cameraHostSchema, cameraPathSchema, cameraPortSchema, type NewCamera } from './camera-entry.ts';

/** The columns of a file of cameras, in the order of the template. */
export const cameraColumns = [
  'id',
  'name',
  'section',
  'host',
  'port',
  'main',
  'sub',
  'user',
  'password',
  'transport',
  'latitude',
  'longitude',
  'direction',
  'width',
  'range',
] as const;

export type CameraColumn = (typeof cameraColumns)[number];
export type CameraCells = Readonly<Record<CameraColumn, string>>;

export const emptyCameraCells = Object.fromEntries(cameraColumns.map((column) => [column, ''])) as CameraCells;

/** So many cameras a file has at most; a site has some hundred. */
export const mostFileCameras = 500;

/** What a new camera is to the relay, without when it was sealed. */
export type CameraEntryDraft = Omit<NewCamera, 'sealedAt'>;

type Problems = Partial<Record<CameraColumn, string>>;

/** The part of a line that is the relay's. */
export function readEntryCells(cells: CameraCells): { entry: CameraEntryDraft | null; problems: Problems } {
  const problems: Problems = {};
  const host = check(cameraHostSchema, cells.host);
  if (!host) problems.host = cells.host === '' ? 'Give the address.' : 'An address has no spaces, such as 10.0.0.7.';
  const port = cells.port === '' ? undefined : Number(cells.port);
  if (port !== undefined && (!/^\d+$/.test(cells.port) || !check(cameraPortSchema, port))) {
    problems.port = 'A port is a whole number from 1 to 65535.';
  }
  for (const kind of ['main', 'sub'] as const) {
    if (cells[kind] !== '' && !check(cameraPathSchema, cells[kind])) {
      problems[kind] = 'A path begins with a slash and has no spaces, such as /live/main.';
    }
  }
  for (const column of ['user', 'password'] as const) {
    if (cells[column].length > 200) problems[column] = 'It has at most 200 characters.';
  }
  if (cells.user === '' && cells.password !== '') problems.user = 'A password needs a user.';
  const transport = cells.transport === '' ? 'auto' : cells.transport.toLowerCase();
  if (!isTransport(transport)) problems.transport = 'Write tcp, udp or auto, or leave it empty.';
  if (Object.keys(problems).length > 0 || !isTransport(transport)) return { entry: null, problems };
  const streams = { ...(cells.main && { main: cells.main }), ...(cells.sub && { sub: cells.sub }) };
  const at: CameraEntryDraft['at'] =
    cells.main === '' && cells.sub === ''
      ? { by: 'onvif', host: cells.host, port: port ?? 80 }
      : { by: 'hand', host: cells.host, port: port ?? 554, streams };
  const secret = cells.user === '' ? {} : { username: cells.user, password: cells.password };
  return { entry: { at, ...secret, transport }, problems };
}

/** What a camera is to the agency. */
export interface CameraRecordDraft {
  readonly name: string;
  readonly section: string | null;
  readonly position: Position;
  readonly viewCone: ViewCone;
}

/** The part of a line that is the server's. Columns that may be empty have an ordinary view, and `otherwise` as the place. */
export function readRecordCells(
  cells: CameraCells,
  otherwise: Position,
): { record: CameraRecordDraft | null; problems: Problems } {
  const problems: Problems = {};
  if (!check(lineSchema(80), cells.name)) {
    problems.name = cells.name.trim() === '' ? 'Give the name.' : 'A name is one line of at most 80 characters.';
  } else if (isFormula(cells.name)) problems.name = formulaWords;
  if (cells.section !== '') {
    if (!check(sectionSchema, cells.section)) problems.section = 'A section is one line of at most 40 characters.';
    else if (isFormula(cells.section)) problems.section = formulaWords;
  }
  const hasPlace = cells.latitude !== '' || cells.longitude !== '';
  const position = hasPlace
    ? { latitude: numberOf(cells.latitude), longitude: numberOf(cells.longitude) }
    : { latitude: otherwise.latitude, longitude: otherwise.longitude };
  for (const side of ['latitude', 'longitude'] as const) {
    if (!check(positionSchema.shape[side], position[side]))
      problems[side] = `Write the ${side} in degrees, such as ${side === 'latitude' ? '43.0395' : '-87.9065'}.`;
  }
  const viewCone = {
    bearingDegrees: cells.direction === '' ? 0 : numberOf(cells.direction),
    angleDegrees: cells.width === '' ? 90 : numberOf(cells.width),
    rangeMetres: cells.range === '' ? 30 : numberOf(cells.range),
  };
  const { shape } = viewConeSchema;
  if (!check(shape.bearingDegrees, viewCone.bearingDegrees))
    problems.direction = 'Write 0 to 359, clockwise from north.';
  if (!check(shape.angleDegrees, viewCone.angleDegrees)) problems.width = 'Write 1 to 360 degrees.';
  if (!check(shape.rangeMetres, viewCone.rangeMetres)) problems.range = 'Write 1 to 2000 metres.';
  if (Object.keys(problems).length > 0) return { record: null, problems };
  const section = cells.section.trim();
  return {
    record: { name: cells.name.trim(), section: section === '' ? null : section, position, viewCone },
    problems,
  };
}

/** The id that the server gave a camera; undefined for an empty cell, null for one that is none. */
export function readIdCell({ id }: CameraCells): string | undefined | null {
  if (id === '') return undefined;
  return idSchema.safeParse(id.toLowerCase()).data ?? null;
}

/** The column that a heading names, in any case; null for one that is unknown. */
export function cameraColumnOf(heading: string): CameraColumn | null {
  const named = heading.trim().toLowerCase();
  return cameraColumns.find((column) => column === named) ?? null;
}

/** Camera lines of one site that stand in each other's way, by column, for each line. */
export function findDoubles(lines: readonly CameraCells[]): Problems[] {
  const first = new Map<string, number>();
  return lines.map((cells, at) => {
    const problems: Problems = {};
    const say = (column: CameraColumn, key: string, what: string): void => {
      const before = first.get(`${column} ${key}`);
      if (before === undefined) first.set(`${column} ${key}`, at);
      else problems[column] = `Camera ${before + 1} of this list has ${what} too.`;
    };
    const name = cells.name.trim().toLowerCase();
    if (name !== '') say('name', name, 'this name');
    if (cells.id !== '') say('id', cells.id.toLowerCase(), 'this id');
    if (cells.host !== '') {
      // Written or left out, the port is the same, and so is a name with the root's dot behind it.
      const port = cells.port || (cells.main === '' && cells.sub === '' ? '80' : '554');
      const place = [cells.host.toLowerCase().replace(/\.$/, ''), port, cells.main, cells.sub].join(' ');
      say('host', place, 'this address with these streams');
    }
    return problems;
  });
}

const formulaWords = 'A name cannot begin with =, +, - or @: spreadsheets would compute it.';

function isFormula(text: string): boolean {
  return /^\s*[=+\-@]/.test(text);
}

function isTransport(text: string): text is NewCamera['transport'] {
  return text === 'tcp' || text === 'udp' || text === 'auto';
}

/** A number with a point or a comma; NaN for anything else, such as 1e3 or 0x1f, which nobody means. */
function numberOf(text: string): number {
  const trimmed = text.trim();
  return /^-?\d{1,4}(?:[.,]\d{1,12})?$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : Number.NaN;
}

function check(schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown): boolean {
  return schema.safeParse(value).success;
}
