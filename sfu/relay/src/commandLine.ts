import { hostname } from 'node:os';
import { parseArgs } from 'node:util';

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'run'; readonly folder: string }
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

enrol   makes this machine the relay of a site, with the one-time code that an administrator made
run     pulls the site's cameras when somebody may look at them

DIR holds relay.json, which enrol writes, and cameras.json, which says where the cameras are. Both are for their owner
alone (chmod 600). --insecure lets the server be reached over plain http on a network, now and in every run.
Settings come from the environment: LOG_LEVEL, RELAY_ALLOW_LOOPBACK_CAMERAS, RELAY_PLAYOUT_DELAY_MIN_MS,
RELAY_PLAYOUT_DELAY_MAX_MS.
`;

/** Throws a sentence when the arguments are not those of a command. */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help === true || args.length === 0) return { name: 'help' };
  const [name, ...rest] = positionals;
  if (name !== 'run' && name !== 'enrol') throw new Error(`There is no command ${name ?? ''}. See relay --help.`);
  if (rest.length > 0) throw new Error(`What ${rest.join(' ')} means is not clear. See relay --help.`);
  const folder = require(values.folder, '--folder DIR');
  if (name === 'run') {
    for (const flag of ['server', 'code', 'name', 'again', 'insecure'] as const) {
      if (values[flag] !== undefined) throw new Error(`relay run takes no --${flag}. See relay --help.`);
    }
    return { name, folder };
  }
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
