import { z } from 'zod';

const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');
/** The extension counts in steps of 10 ms up to 40 s; above 500 ms browsers buffer as if it were not there. */
const playoutMs = z.coerce.number().int().min(0).max(40_950).multipleOf(10);

const configSchema = z.object({
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Only for training: this machine's own services listen on loopback. */
  RELAY_ALLOW_LOOPBACK_CAMERAS: onOff.default(false),
  RELAY_PLAYOUT_DELAY_MIN_MS: playoutMs.default(0),
  /** More is smoother on a bad link, and later. */
  RELAY_PLAYOUT_DELAY_MAX_MS: playoutMs.default(100),
  /** What an alarm about the audit log does besides being raised: nothing, or no stream begins until the owner ends it. */
  RELAY_ON_LOG_ALARM: z.enum(['alarm', 'refuse']).default('alarm'),
});

export interface Config {
  readonly logLevel: z.output<typeof configSchema>['LOG_LEVEL'];
  readonly isAlarmRefusing: boolean;
  readonly areLoopbackCamerasAllowed: boolean;
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
  return {
    logLevel: settings.LOG_LEVEL,
    isAlarmRefusing: settings.RELAY_ON_LOG_ALARM === 'refuse',
    areLoopbackCamerasAllowed: settings.RELAY_ALLOW_LOOPBACK_CAMERAS,
    playoutDelay: { minMs: settings.RELAY_PLAYOUT_DELAY_MIN_MS, maxMs: settings.RELAY_PLAYOUT_DELAY_MAX_MS },
  };
}
