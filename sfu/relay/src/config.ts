import { isIP, isIPv4 } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { isSiteAddress } from './local-door/siteAddresses.ts';

export interface DiscoveryTarget {
  readonly address: string;
  readonly port: number;
}

export interface ListenAddress {
  readonly address: string;
  /** 0 takes any free one. */
  readonly port: number;
}

const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');
/** The extension counts in steps of 10 ms up to 40 s; above 500 ms browsers buffer as if it were not there. */
const playoutMs = z.coerce.number().int().min(0).max(40_950).multipleOf(10);

const mostTargets = 300;

/** One numeric address of this machine, with a port; without it null. */
function listen(message: string, isGood: (address: string) => boolean = () => true) {
  return z
    .string()
    .optional()
    .transform((text, context): ListenAddress | null => {
      const parsed = text === undefined ? null : parseListen(text);
      if (parsed === null || (parsed !== undefined && isGood(parsed.address))) return parsed;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}

const configSchema = z.object({
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Only for training: this machine's own services listen on loopback. */
  RELAY_ALLOW_LOOPBACK_CAMERAS: onOff.default(false),
  RELAY_PLAYOUT_DELAY_MIN_MS: playoutMs.default(0),
  /** More is smoother on a bad link, and later. */
  RELAY_PLAYOUT_DELAY_MAX_MS: playoutMs.default(100),
  /** Whether the server may bring new cameras, sealed for this relay; else they are added at the relay alone. */
  RELAY_CAMERAS_OVER_LINK: onOff.default(false),
  /** In so many seconds each camera that nobody views is asked once whether it would answer; 0: never. */
  RELAY_CAMERA_CHECK_SECONDS: z.coerce.number().int().min(0).max(86_400).default(300),
  /** Where to look for cameras when multicast does not reach them: numeric addresses, each with a port or 3702. */
  RELAY_DISCOVERY_TARGETS: z
    .string()
    .optional()
    .transform((text, context) => {
      // A list of settings that a machine passes on has it empty.
      const targets = text === undefined || text.trim() === '' ? undefined : parseTargets(text);
      if (targets !== null) return targets;
      context.addIssue({ code: 'custom', message: 'It has the form 10.0.0.7,10.0.0.8:3702.' });
      return z.NEVER;
    }),
  /** Where local triggers of alerts may call: one numeric address of this machine, with a port. Without it nothing listens. */
  RELAY_ALERT_LISTEN: listen('It has the form 192.168.1.5:7900 and names one address, not all.'),
  /** Where the site's network may open the page for pairing: one address of this machine in that network, with a port. */
  RELAY_OWNER_LISTEN: listen(
    'It has the form 192.168.1.5:7901 and names one address of the site’s own network, not all and none of the internet.',
    isSiteAddress,
  ),
  /** How many cameras are masked at the same time: each costs processor time, `relay masks measure` says how much. */
  RELAY_MASKED_STREAMS: z.coerce.number().int().min(0).max(1_000).default(4),
  /** What an alarm about the audit log does besides being raised: nothing, or no stream begins until the owner ends it. */
  RELAY_ON_LOG_ALARM: z.enum(['alarm', 'refuse']).default('alarm'),
});

export interface Config {
  readonly logLevel: z.output<typeof configSchema>['LOG_LEVEL'];
  readonly isAlarmRefusing: boolean;
  readonly areLoopbackCamerasAllowed: boolean;
  readonly areCamerasTakenOverLink: boolean;
  readonly cameraCheckSeconds: number;
  /** Null: no local trigger is heard. */
  readonly alertListen: ListenAddress | null;
  /** Null: there is no page for pairing in the site's network. */
  readonly ownerListen: ListenAddress | null;
  readonly discoveryTargets: readonly DiscoveryTarget[] | undefined;
  readonly mostMaskedStreams: number;
  readonly playoutDelay: { readonly minMs: number; readonly maxMs: number };
}

/** Reads the settings. Throws with the name of the first wrong one. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = configSchema.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`The setting ${issue?.path.join('.') ?? ''} is wrong. ${issue?.message ?? ''}`);
  }
  const settings = parsed.data;
  if (settings.RELAY_PLAYOUT_DELAY_MIN_MS > settings.RELAY_PLAYOUT_DELAY_MAX_MS) {
    throw new Error('The setting RELAY_PLAYOUT_DELAY_MIN_MS is larger than RELAY_PLAYOUT_DELAY_MAX_MS.');
  }
  const { RELAY_ALERT_LISTEN: alertListen, RELAY_OWNER_LISTEN: ownerListen } = settings;
  if (ownerListen !== null && isDeepStrictEqual(alertListen, ownerListen)) {
    throw new Error('The settings RELAY_ALERT_LISTEN and RELAY_OWNER_LISTEN are the same. Give one another port.');
  }
  return {
    logLevel: settings.LOG_LEVEL,
    isAlarmRefusing: settings.RELAY_ON_LOG_ALARM === 'refuse',
    areLoopbackCamerasAllowed: settings.RELAY_ALLOW_LOOPBACK_CAMERAS,
    areCamerasTakenOverLink: settings.RELAY_CAMERAS_OVER_LINK,
    cameraCheckSeconds: settings.RELAY_CAMERA_CHECK_SECONDS,
    alertListen,
    ownerListen,
    discoveryTargets: settings.RELAY_DISCOVERY_TARGETS,
    mostMaskedStreams: settings.RELAY_MASKED_STREAMS,
    playoutDelay: { minMs: settings.RELAY_PLAYOUT_DELAY_MIN_MS, maxMs: settings.RELAY_PLAYOUT_DELAY_MAX_MS },
  };
}

/** Null when it is no list of addresses. */
function parseTargets(text: string): DiscoveryTarget[] | null {
  const targets = text.split(',').map((part) => {
    const [, address = '', port = '3702'] = /^\s*([\d.]+)(?::(\d{1,5}))?\s*$/.exec(part) ?? [];
    return { address, port: Number(port) };
  });
  const areGood = targets.every(({ address, port }) => isIPv4(address) && port >= 1 && port <= 65_535);
  return areGood && targets.length <= mostTargets ? targets : null;
}

/** Undefined when it is no such address. */
function parseListen(text: string): ListenAddress | undefined {
  const [, bare = '', bracketed = '', digits = ''] =
    /^(?:([\d.]+)|\[([\da-f:]+)\]):(\d{1,5})$/i.exec(text.trim()) ?? [];
  const address = bare || bracketed;
  const port = Number(digits);
  // An IPv4 address within an IPv6 one, too: `::ffff:0:0` is all of them again.
  const isEveryAddress = address === '0.0.0.0' || /^[0:]+$/.test(address) || /^[0:]*:ffff:/i.test(address);
  return isIP(address) !== 0 && !isEveryAddress && port <= 65_535 ? { address, port } : undefined;
}
