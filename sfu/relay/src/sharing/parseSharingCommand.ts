import { idSchema } from '@commonsight/types/ids';
import { explainIssues } from '@commonsight/types/link';
import { type CameraMasks, cameraMasksSchema } from '@commonsight/types/relay/masks';
import {
  type SharingMode,
  sharingModeSchema,
  type SharingRule,
  sharingRuleSchema,
  weekdays,
} from '@commonsight/types/relay/sharing';
import { parseSize } from '../masks/parseSize.ts';

/** What the owner of a relay can do about sharing at its console. */
export type SharingCommand =
  | { readonly name: 'owner'; readonly act: 'pair'; readonly folder: string; readonly key: string | undefined }
  | { readonly name: 'owner'; readonly act: 'code'; readonly folder: string; readonly isOnPage: boolean }
  | { readonly name: 'owner'; readonly act: 'list'; readonly folder: string }
  | { readonly name: 'owner'; readonly act: 'forget'; readonly folder: string; readonly key: string }
  | { readonly name: 'sharing'; readonly act: 'show'; readonly folder: string }
  | { readonly name: 'sharing'; readonly act: 'import'; readonly folder: string; readonly file: string }
  | {
      readonly name: 'sharing';
      readonly act: 'set';
      readonly folder: string;
      /** Null for the default and every camera that was named before. */
      readonly cameraId: string | null;
      readonly rule: SharingRule;
      readonly timeZone: string | undefined;
    }
  | {
      readonly name: 'sharing';
      readonly act: 'mask';
      readonly folder: string;
      readonly cameraId: string;
      /** All masks of the camera from now on; null lifts them. */
      readonly masks: CameraMasks | null;
    };

type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

const flags: Readonly<Record<string, readonly string[]>> = {
  'owner pair': ['key'],
  'owner code': ['page'],
  'owner list': [],
  'owner forget': ['key'],
  'sharing show': [],
  'sharing set': ['camera', 'all', 'mode', 'schedule', 'zone'],
  'sharing mask': ['camera', 'polygon', 'size', 'clear'],
  'sharing import': ['file'],
};

/** Throws a sentence when the arguments are not those of such a command. */
export function parseSharingCommand(words: readonly string[], values: Values): SharingCommand {
  const command = words.join(' ');
  const allowed = flags[command];
  if (allowed === undefined) throw new Error(`There is no command ${command}. See relay --help.`);
  const folder = take(values, 'folder', 'DIR');
  const extra = Object.keys(values).find((flag) => flag !== 'folder' && !allowed.includes(flag));
  if (extra !== undefined) throw new Error(`relay ${command} takes no --${extra}. See relay --help.`);
  switch (command) {
    case 'owner pair':
      return {
        name: 'owner',
        act: 'pair',
        folder,
        key: values['key'] === undefined ? undefined : String(values['key']),
      };
    case 'owner code':
      return { name: 'owner', act: 'code', folder, isOnPage: values['page'] === true };
    case 'owner list':
      return { name: 'owner', act: 'list', folder };
    case 'owner forget':
      return { name: 'owner', act: 'forget', folder, key: take(values, 'key', 'KEY') };
    case 'sharing import':
      return { name: 'sharing', act: 'import', folder, file: take(values, 'file', 'FILE') };
    case 'sharing set':
      return parseSet(folder, values);
    case 'sharing mask':
      return parseMask(folder, values);
    default:
      return { name: 'sharing', act: 'show', folder };
  }
}

function parseSet(folder: string, values: Values): SharingCommand {
  if ((values['camera'] === undefined) === (values['all'] === undefined)) {
    throw new Error('Give either --camera ID or --all. See relay --help.');
  }
  const cameraId = values['all'] === true ? null : takeCamera(values);
  const mode = sharingModeSchema.safeParse(take(values, 'mode', 'MODE'));
  if (!mode.success) throw new Error('--mode is always, onAlert, recordedOnly or off. See relay --help.');
  const schedule = values['schedule'] === undefined ? null : take(values, 'schedule', 'TIMES');
  const timeZone = values['zone'] === undefined ? undefined : take(values, 'zone', 'ZONE');
  return { name: 'sharing', act: 'set', folder, cameraId, rule: ruleOf(mode.data, schedule), timeZone };
}

function parseMask(folder: string, values: Values): SharingCommand {
  const cameraId = takeCamera(values);
  const texts = values['polygon'];
  if (Array.isArray(texts) === (values['clear'] === true)) {
    throw new Error('Give either --polygon "X,Y X,Y X,Y", once for each mask, or --clear. See relay --help.');
  }
  if (!Array.isArray(texts)) {
    if (values['size'] !== undefined) throw new Error('relay sharing mask --clear takes no --size. See relay --help.');
    return { name: 'sharing', act: 'mask', folder, cameraId, masks: null };
  }
  const size = parseSize(take(values, 'size', 'WIDTHxHEIGHT'));
  const parsed = cameraMasksSchema.safeParse({ ...size, polygons: texts.map(String).map(pointsOf) });
  if (parsed.success) return { name: 'sharing', act: 'mask', folder, cameraId, masks: parsed.data };
  const { message = '', path: [, ...path] = [] } = parsed.error.issues[0] ?? {};
  const where =
    path.length === 0 ? '' : ` Mask ${Number(path[0]) + 1}${path.length > 1 ? `, point ${Number(path[1]) + 1}` : ''}:`;
  throw new Error(`--polygon is not understood.${where} ${message.replace(/\.$/, '')}. See relay --help.`);
}

/** `0.1,0.2 0.5,0.2 0.5,0.6`: from the picture’s upper left corner, in parts of its width and height. */
function pointsOf(text: string): number[][] {
  return text
    .trim()
    .split(/\s+/)
    .map((point) => point.split(',').map((value) => (value === '' ? Number.NaN : Number(value))));
}

function takeCamera(values: Values): string {
  // Everywhere else ids are written in small letters, and compared as they are written.
  const cameraId = take(values, 'camera', 'ID').toLowerCase();
  if (idSchema.safeParse(cameraId).success) return cameraId;
  throw new Error('--camera takes a camera’s id, as in cameras.json. See relay --help.');
}

/** `monday,friday 22:00-06:00`, several of them with `;` between; `daily` is every day. */
function ruleOf(mode: SharingMode, schedule: string | null): SharingRule {
  if (schedule === null) return { mode, schedule: [], dates: [] };
  const periods = schedule.split(';').map((text) => {
    const [, days = '', from = '', to = ''] = /^\s*(\S+)\s+(\S+)-(\S+)\s*$/.exec(text) ?? [];
    return { days: days === 'daily' ? [...weekdays] : days.split(','), from, to, mode };
  });
  const parsed = sharingRuleSchema.safeParse({ mode: 'off', schedule: periods, dates: [] });
  if (parsed.success) return parsed.data;
  throw new Error(`--schedule is not understood, ${explainIssues(parsed.error).replace(/\.$/, '')}. See relay --help.`);
}

function take(values: Values, flag: string, what: string): string {
  const value = values[flag];
  if (typeof value !== 'string' || value === '') throw new Error(`--${flag} ${what} is missing. See relay --help.`);
  return value;
}
