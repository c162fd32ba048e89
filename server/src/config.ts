import { isIP } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { readProxies } from './proxies.ts';
import type { OidcConfig } from './sessions/oidc.ts';

const port = z.coerce.number().int().min(0).max(65535);

/** The settings as the environment gives them; `.env.example` explains each. */
const environmentSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(8080),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUSTED_PROXIES: z.string().default('loopback'),
  DATA_DIR: z.string().min(1),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).default('redis://127.0.0.1:6379'),
  SFU_LINK_SECRET: z.string().min(32),
  CLIENT_DIR: z.string().optional(),
  TRANSPARENCY_DELAY_DAYS: z.coerce.number().int().min(0).max(366).default(7),
  POLICY_FILE: z.string().optional(),
  TRAINING_CITY: z.enum(['on', 'off']).default('off'),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(80).default('Single sign-on'),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.email().max(200).optional(),
  PUSH_ALLOW_LOOPBACK: z.enum(['on', 'off']).default('off'),
  MAPBOX_TOKEN: z.string().startsWith('pk.').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** The pack that this project ships for an agency which has none of its own yet. */
export const referenceCityFile = join(import.meta.dirname, '../policies/reference-city.yaml');

export interface Config {
  host: string;
  port: number;
  /** Where browsers reach the server, without a path. */
  publicUrl: string;
  /** Whose `X-Forwarded-For` counts, as `isProxyOf` reads it. */
  trustedProxies: readonly string[];
  dataDir: string;
  databaseUrl: string | undefined;
  redisUrl: string;
  sfuLinkSecret: string;
  clientDir: string | undefined;
  /** How late figures are published; 0 only in a training city. */
  transparencyDelayDays: number;
  /** The policy pack that an agency begins with. */
  policyFile: string;
  isTrainingCity: boolean;
  /** The agency's own sign-in. */
  oidc: OidcConfig | undefined;
  /** The server that mails go through, with its password, and whom they come from; without it they are files. */
  mail: { smtpUrl: string; from: string } | undefined;
  /** Whether push messages may go to this machine's loopback, where a push service of tests or trainings listens. */
  isLoopbackPushAllowed: boolean;
  mapboxToken: string | undefined;
  logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL'];
}

/** A setting is missing or wrong. Its message names the key and never the value. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the settings; throws a `ConfigError` that names the first bad key. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // In an env file a key that is not used often stands with nothing behind it.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`The setting ${issue?.path.join('.') ?? '?'} is wrong: ${issue?.message ?? 'unknown'}.`);
  }
  const settings = parsed.data;
  const publicUrl = new URL(settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).origin;
  const isTrainingCity = settings.TRAINING_CITY === 'on';
  if (isOpenToNetwork(publicUrl) && !isTrainingCity) {
    throw new ConfigError(
      'The setting PUBLIC_URL is wrong: over http everybody on the network reads passwords and sessions. ' +
        'Use https; only a training city (TRAINING_CITY=on) may go without.',
    );
  }
  if (settings.TRANSPARENCY_DELAY_DAYS === 0 && !isTrainingCity) {
    throw new ConfigError(
      'The setting TRANSPARENCY_DELAY_DAYS is wrong: without a delay the public would follow what is being done now. ' +
        'Only a training city (TRAINING_CITY=on) may publish at once.',
    );
  }
  if (settings.PUSH_ALLOW_LOOPBACK === 'on' && !isTrainingCity) {
    throw new ConfigError(
      'The setting PUSH_ALLOW_LOOPBACK is wrong: an owner’s browser could have the server call its own services. ' +
        'Only a training city (TRAINING_CITY=on) may have it.',
    );
  }
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl,
    trustedProxies: proxiesOf(settings.TRUSTED_PROXIES, publicUrl),
    dataDir: settings.DATA_DIR,
    databaseUrl: settings.DATABASE_URL,
    redisUrl: settings.REDIS_URL,
    sfuLinkSecret: settings.SFU_LINK_SECRET,
    clientDir: settings.CLIENT_DIR,
    transparencyDelayDays: settings.TRANSPARENCY_DELAY_DAYS,
    policyFile: settings.POLICY_FILE ?? referenceCityFile,
    isTrainingCity,
    oidc: readOidc(settings),
    mail: readMail(settings),
    isLoopbackPushAllowed: settings.PUSH_ALLOW_LOOPBACK === 'on',
    mapboxToken: settings.MAPBOX_TOKEN,
    logLevel: settings.LOG_LEVEL,
  };
}

/** TLS means a reverse proxy in front, which names the caller; without one, nobody else may. */
function proxiesOf(setting: string, publicUrl: string): readonly string[] {
  try {
    const proxies = readProxies(setting);
    return publicUrl.startsWith('https:') ? proxies : [];
  } catch (error) {
    throw new ConfigError(
      'The setting TRUSTED_PROXIES is wrong: it takes addresses and networks with commas between, loopback and private.',
      { cause: error },
    );
  }
}

function readOidc(settings: z.infer<typeof environmentSchema>): OidcConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = settings;
  if (issuer === undefined) return undefined;
  if (clientId === undefined) throw new ConfigError('The setting OIDC_CLIENT_ID is missing: OIDC_ISSUER needs it.');
  if (clientSecret === undefined) {
    throw new ConfigError('The setting OIDC_CLIENT_SECRET is missing: OIDC_ISSUER needs it.');
  }
  if (isOpenToNetwork(new URL(issuer).origin)) {
    throw new ConfigError('The setting OIDC_ISSUER is wrong: over http everybody on the network can sign in.');
  }
  return { issuer, clientId, clientSecret, name };
}

function readMail({ SMTP_URL: smtpUrl, MAIL_FROM: from }: z.infer<typeof environmentSchema>): Config['mail'] {
  if (smtpUrl === undefined) return undefined;
  if (from === undefined) throw new ConfigError('The setting MAIL_FROM is missing: SMTP_URL needs it.');
  return { smtpUrl, from };
}

/**
 * The origins that a browser's page may come from. A loopback address has several spellings, and a person types either
 * of them.
 */
export function trustedOrigins(publicUrl: string): readonly string[] {
  const url = new URL(publicUrl);
  if (!isLoopback(url.hostname)) return [url.origin];
  return ['localhost', '127.0.0.1', '[::1]'].map((hostname) => {
    const spelling = new URL(url);
    spelling.hostname = hostname;
    return spelling.origin;
  });
}

/** Whether what browsers send to this address can be read on the way. */
export function isOpenToNetwork(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'http:' && !isLoopback(hostname);
}

function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname === '[::1]') return true;
  return isIP(hostname) === 4 && hostname.startsWith('127.');
}
