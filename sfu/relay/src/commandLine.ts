import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { cameraColumns } from '@commonsight/types/relay/camera-file';
import { type AlertCommand, parseAlertCommand } from './alert/runAlertCommand.ts';
import { type CameraCommand, parseCameraCommand } from './camera-test/parseCameraCommand.ts';
import { type MasksCommand, parseMasksCommand } from './masks/parseMasksCommand.ts';
import { parseSharingCommand, type SharingCommand } from './sharing/parseSharingCommand.ts';

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'run'; readonly folder: string }
  | { readonly name: 'log'; readonly act: 'status' | 'key' | 'resume'; readonly folder: string }
  | { readonly name: 'log'; readonly act: 'trust'; readonly folder: string; readonly key: string }
  | AlertCommand
  | SharingCommand
  | CameraCommand
  | MasksCommand
  | {
      readonly name: 'enrol';
      readonly serverUrl: string;
      readonly code: string;
      readonly folder: string;
      readonly relayName: string;
      readonly isAgain: boolean;
      readonly isInsecureAllowed: boolean;
    };

export const usage = `Usage:
  relay enrol --server URL --code CODE --folder DIR [--name NAME] [--again] [--insecure]
  relay run --folder DIR
  relay log status | key | resume --folder DIR
  relay log trust --folder DIR --key KEY
  relay owner code --folder DIR [--page]
  relay owner pair --folder DIR [--key KEY]
  relay owner list --folder DIR
  relay owner forget --folder DIR --key KEY
  relay sharing show --folder DIR
  relay sharing set --folder DIR --camera ID | --all --mode MODE [--schedule TIMES] [--zone ZONE]
  relay sharing mask --folder DIR --camera ID --size WIDTHxHEIGHT --polygon "X,Y X,Y X,Y" | --clear
  relay sharing import --folder DIR --file FILE
  relay alert start | test | end | status | key --folder DIR
  relay camera discover --folder DIR
  relay camera test --folder DIR --host HOST [--port PORT] [--user USER] [--main PATH] [--sub PATH]
                    [--transport tcp|udp|auto] [--save ID]
  relay camera test --folder DIR --camera ID
  relay camera import --folder DIR --file FILE
  relay camera confirm --folder DIR [--camera ID | --all]
  relay camera fingerprint --folder DIR
  relay masks measure [--size WIDTHxHEIGHT]

enrol   makes this machine the relay of a site, with the one-time code that an administrator made
run     pulls the site's cameras when somebody may look at them, and witnesses the agency's audit log
log     status: what this relay knows of the log (exit code 0 good, 1 alarm, 2 nothing yet); key: what others check its
        cosignatures with; trust: one more key of the log, such as after a change; resume: ends an alarm
owner   code: shows a pairing code, with which a browser on the owner's page makes itself an owner's key; with --page also
        on the page that RELAY_OWNER_LISTEN has in the site's network; pair: makes an owner's key, or keeps the public KEY; from then on nothing is shared but what the owner shares; list: the names of
        the owner's keys, as each browser shows its own; forget: takes a key away, such as that of a lost device
sharing show: what is shared now; set: MODE (always, onAlert, recordedOnly, off) for one camera, or for all, in a new
        document that the key of owner pair signs; TIMES such as "monday,friday 22:00-06:00" holds it to these times and is
        off at others; ZONE such as America/Chicago; import: takes a document that was signed elsewhere; mask: hides parts of
        a camera's picture, once --polygon for each, by 0 to 1 from the upper left corner of a picture of that size; streams
        of another shape are not shown then; --clear shows the whole again
alert   start: an alert begins in five seconds and opens the cameras that are shared on alert; test: the same without opening
        anything; end: ends or cancels it; status: what runs; key: makes the secret that buttons and sensors of the
        local network sign with, where RELAY_ALERT_LISTEN names the address at which they are heard
camera  discover: looks for cameras on this network (ONVIF); test: plays a camera's streams for some seconds and says what to
        change in it, exit code 1 when it cannot be used; without --main and --sub its streams are asked over ONVIF; with
        --user the password is read from standard input; --save keeps a usable one under the id that the server gave it;
        import: tests and keeps the cameras of a CSV file, whose columns are ${cameraColumns.join(', ')};
        id and host are needed, the file is its owner's alone (chmod 600), and is imported again after a correction;
        confirm: cameras that were brought over the link are shared by no rule before their owner has confirmed them, here
        or on the owner's page; lists those that wait, or confirms one of them, or all that it shows and asks about;
        fingerprint: of the key that new cameras are sealed for, to compare with the administrator's page
masks   measure: how many pictures a second this machine masks, and what processor time a stream takes

DIR holds relay.json, which enrol writes, and cameras.json, which says where the cameras are. Both are for their owner
alone (chmod 600). --insecure lets the server be reached over plain http on a network, now and in every run.
Settings come from the environment: LOG_LEVEL, RELAY_ON_LOG_ALARM, RELAY_ALLOW_LOOPBACK_CAMERAS,
RELAY_CAMERAS_OVER_LINK, RELAY_CAMERA_CHECK_SECONDS, RELAY_DISCOVERY_TARGETS, RELAY_ALERT_LISTEN,
RELAY_OWNER_LISTEN, RELAY_MASKED_STREAMS, RELAY_PLAYOUT_DELAY_MIN_MS, RELAY_PLAYOUT_DELAY_MAX_MS.
`;

/** Throws a sentence when the arguments are not those of a command. */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help === true || args.length === 0) return { name: 'help' };
  const [name, ...rest] = positionals;
  if (name === 'log') return parseLogCommand(rest, values);
  if (name === 'owner' || name === 'sharing') return parseSharingCommand([name, ...rest], values);
  if (name === 'camera') return parseCameraCommand(rest, values);
  if (name === 'alert') {
    refuseFlags('relay alert', values, [...enrolFlags, 'key', ...ownFlags]);
    return parseAlertCommand(rest, require(values.folder, '--folder DIR'));
  }
  if (name === 'masks') return parseMasksCommand([name, ...rest], values);
  if (name !== 'run' && name !== 'enrol') throw new Error(`There is no command ${name ?? ''}. See relay --help.`);
  if (rest.length > 0) throw new Error(`What ${rest.join(' ')} means is not clear. See relay --help.`);
  const folder = require(values.folder, '--folder DIR');
  refuseFlags(`relay ${name}`, values, ownFlags);
  refuseFlags(`relay ${name}`, values, name === 'run' ? [...enrolFlags, 'key'] : ['key']);
  if (name === 'run') return { name, folder };
  return {
    name,
    folder,
    serverUrl: require(values.server, '--server URL'),
    code: require(values.code, '--code CODE'),
    relayName: values.name ?? hostname(),
    isAgain: values.again === true,
    isInsecureAllowed: values.insecure === true,
  };
}

/** Of the commands that look at their flags themselves. */
const ownFlags = [
  'camera',
  'all',
  'mode',
  'schedule',
  'zone',
  'file',
  'polygon',
  'clear',
  'size',
  'host',
  'port',
  'user',
  'main',
  'sub',
  'transport',
  'save',
  'page',
] as const;
const enrolFlags = ['server', 'code', 'name', 'again', 'insecure'] as const;

function parseLogCommand([act, ...rest]: readonly string[], values: ReturnType<typeof parse>['values']): Command {
  if (act !== 'status' && act !== 'key' && act !== 'resume' && act !== 'trust') {
    throw new Error(`There is no command log ${act ?? ''}. See relay --help.`);
  }
  if (rest.length > 0) throw new Error(`What ${rest.join(' ')} means is not clear. See relay --help.`);
  const folder = require(values.folder, '--folder DIR');
  refuseFlags(`relay log ${act}`, values, ownFlags);
  refuseFlags(`relay log ${act}`, values, act === 'trust' ? enrolFlags : [...enrolFlags, 'key']);
  return act === 'trust'
    ? { name: 'log', act, folder, key: require(values.key, '--key KEY') }
    : { name: 'log', act, folder };
}

function refuseFlags(
  command: string,
  values: ReturnType<typeof parse>['values'],
  flags: readonly (keyof ReturnType<typeof parse>['values'])[],
): void {
  for (const flag of flags) {
    if (values[flag] !== undefined) throw new Error(`${command} takes no --${flag}. See relay --help.`);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        server: { type: 'string' },
        code: { type: 'string' },
        folder: { type: 'string' },
        name: { type: 'string' },
        again: { type: 'boolean' },
        insecure: { type: 'boolean' },
        key: { type: 'string' },
        camera: { type: 'string' },
        all: { type: 'boolean' },
        mode: { type: 'string' },
        schedule: { type: 'string' },
        zone: { type: 'string' },
        file: { type: 'string' },
        host: { type: 'string' },
        port: { type: 'string' },
        user: { type: 'string' },
        main: { type: 'string' },
        sub: { type: 'string' },
        transport: { type: 'string' },
        save: { type: 'string' },
        polygon: { type: 'string', multiple: true },
        clear: { type: 'boolean' },
        size: { type: 'string' },
        page: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const [sentence = ''] = error instanceof Error ? error.message.split('. ') : [];
    throw new Error(`${sentence.replace(/\.$/, '')}. See relay --help.`, { cause: error });
  }
}

function require(value: string | undefined, flag: string): string {
  if (value === undefined || value === '') throw new Error(`${flag} is missing. See relay --help.`);
  return value;
}
