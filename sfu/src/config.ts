import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { z } from 'zod';

const portSchema = z.coerce.number().int().min(1).max(65_535);

/** `41000-41999` */
const portRangeSchema = z
  .stringFormat('portRange', /^\d{1,5}-\d{1,5}$/)
  .transform((text) => {
    const [min = 0, max = 0] = text.split('-').map(Number);
    return { min, max };
  })
  .refine(({ min, max }) => 0 < min && min <= max && max <= 65_535, 'must be two ports, the lower one first');

const configSchema = z
  .object({
    SERVER_URL: z.url({ protocol: /^https?$/ }),
    SFU_LINK_SECRET: z.string().min(32),
    SFU_LISTEN_ADDRESS: z
      .string()
      .refine((text) => isIP(text) !== 0, 'must be an IP address')
      .default('127.0.0.1'),
    SFU_ANNOUNCED_ADDRESS: z.string().min(1).optional(),
    SFU_WEBRTC_PORT: portSchema.default(44_400),
    SFU_UPLINK_PORTS: portRangeSchema.default({ min: 41_000, max: 41_999 }),
    SFU_WORKERS: z.coerce.number().int().min(1).max(64).default(availableParallelism()),
    LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  })
  .superRefine((env, context) => {
    const listensEverywhere = env.SFU_LISTEN_ADDRESS === '0.0.0.0' || env.SFU_LISTEN_ADDRESS === '::';
    if (listensEverywhere && env.SFU_ANNOUNCED_ADDRESS === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['SFU_ANNOUNCED_ADDRESS'],
        message: 'is needed when SFU_LISTEN_ADDRESS is every address, because nobody can send to that one',
      });
    }
    const lastWebRtcPort = env.SFU_WEBRTC_PORT + env.SFU_WORKERS - 1;
    if (lastWebRtcPort > 65_535) {
      context.addIssue({ code: 'custom', path: ['SFU_WEBRTC_PORT'], message: 'leaves no port for every worker' });
    }
    const { min, max } = env.SFU_UPLINK_PORTS;
    if (min <= lastWebRtcPort && env.SFU_WEBRTC_PORT <= max) {
      context.addIssue({ code: 'custom', path: ['SFU_UPLINK_PORTS'], message: 'overlaps with the ports for browsers' });
    }
  });

export interface Config {
  serverUrl: string;
  linkSecret: string;
  listenAddress: string;
  /** What browsers and relays dial, when it differs from what is listened on. */
  announcedAddress: string | undefined;
  /** Worker i listens for browsers on this port plus i, UDP and TCP. */
  webRtcPort: number;
  uplinkPorts: { min: number; max: number };
  workerCount: number;
  logLevel: string;
}

/** Reads the settings once. Throws one error that names every bad key and repeats no value, which may be a secret. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  // In an env file an unused key often stands there with nothing behind it.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = configSchema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
    throw new Error(`The settings are not usable. ${faults.join('; ')}`);
  }
  const settings = parsed.data;
  return {
    serverUrl: settings.SERVER_URL.replace(/\/+$/, ''),
    linkSecret: settings.SFU_LINK_SECRET,
    listenAddress: settings.SFU_LISTEN_ADDRESS,
    announcedAddress: settings.SFU_ANNOUNCED_ADDRESS,
    webRtcPort: settings.SFU_WEBRTC_PORT,
    uplinkPorts: settings.SFU_UPLINK_PORTS,
    workerCount: settings.SFU_WORKERS,
    logLevel: settings.LOG_LEVEL,
  };
}
