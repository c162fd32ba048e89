import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { linesSchema } from '../text.ts';
import { orderChallengeSchema } from './order.ts';
import { signedEnvelopeSchema } from './signed-envelope.ts';

/** What the owner's sharing document says about alerts; without it `defaultAlertSettings` hold. */
export const alertSettingsSchema = z
  .strictObject({
    /** How long the cameras are shared before the owner is asked again. */
    seconds: z.int().min(10).max(14_400),
    /** How long one alert may last altogether, with every extension. */
    mostSeconds: z.int().min(10).max(86_400),
    /** What responders read while an alert runs, such as whom to call and which door is open. */
    note: linesSchema(1_000).or(z.literal('')),
  })
  .refine(({ seconds, mostSeconds }) => seconds <= mostSeconds, 'An alert cannot last longer than its maximum.');

export type AlertSettings = z.infer<typeof alertSettingsSchema>;

export const defaultAlertSettings: AlertSettings = { seconds: 1_800, mostSeconds: 7_200, note: '' };

/** How long an alert waits, and can be cancelled, before anything is shared. */
export const alertArmMs = 5_000;

/** So long before its end the owner is asked whether it goes on; with a short alert a third of it. */
export const alertAskBeforeMs = 120_000;

/** `test` runs through every stage and opens nothing. `end` also cancels what has not begun yet. */
export const alertActSchema = z.enum(['start', 'test', 'extend', 'end']);

export type AlertAct = z.infer<typeof alertActSchema>;

/** What an owner's browser signs. */
export const alertOrderSchema = z.strictObject({
  format: z.literal('commonsight-alert-1'),
  relayId: idSchema,
  challenge: orderChallengeSchema,
  act: alertActSchema,
});

export type AlertOrder = z.infer<typeof alertOrderSchema>;

export const signedAlertOrderSchema = signedEnvelopeSchema('order', 2_000);

export type SignedAlertOrder = z.infer<typeof signedAlertOrderSchema>;

export const alertSignatureContext = 'commonsight-alert-v1\n';

/** `input`: a digital input of a camera, which the owner has chosen. */
export const alertTriggerSchema = z.enum(['owner', 'webhook', 'console', 'input']);

export type AlertTrigger = z.infer<typeof alertTriggerSchema>;

/** `sharing` becomes `extensionAsked` when its end is near; cameras are shared in both. */
export const alertStageSchema = z.enum(['arming', 'sharing', 'extensionAsked', 'ended']);

export type AlertStage = z.infer<typeof alertStageSchema>;

/**
 * `notAllowed`: the owner’s document allows it no longer. `relaySlept`: its machine stood still for a while. `relayRestarted` and
 * `unknown` are the server’s conclusions: the relay knows nothing of it any more, or has another one meanwhile.
 */
export const alertEndSchema = z.enum([
  'time',
  'owner',
  'webhook',
  'console',
  'cancelled',
  'incidentClosed',
  'notAllowed',
  'realAlert',
  'relaySlept',
  'relayRestarted',
  'unknown',
]);

export type AlertEnd = z.infer<typeof alertEndSchema>;

/** A day, and a little more. */
const longestMs = 90_000_000;
/** Ten years: no relay runs for longer without a restart. */
const longestAgoMs = 315_360_000_000;

/** An alert as its relay has it: the one that runs, else the last one since the relay's start. */
export const alertStateSchema = z
  .strictObject({
    id: idSchema,
    isTest: z.boolean(),
    trigger: alertTriggerSchema,
    stage: alertStageSchema,
    /** Until arming is over, or until the end; by the relay's monotonic clock. 0 when it has ended. */
    leftMs: z.int().nonnegative().max(longestMs),
    /** How long its cameras have been shared; in a test, would have been. */
    sharedMs: z.int().nonnegative().max(longestMs),
    /** Whether it can be made longer now. */
    mayExtend: z.boolean(),
    end: alertEndSchema.nullable(),
    /** How long ago it ended; null while it runs. */
    endedMsAgo: z.int().nonnegative().max(longestAgoMs).nullable(),
  })
  .refine(
    ({ stage, end, endedMsAgo }) => (end === null) === (stage !== 'ended') && (end === null) === (endedMsAgo === null),
    'An alert that has ended says how and how long ago, and no other does.',
  );

export type AlertState = z.infer<typeof alertStateSchema>;

/** Whether its cameras are shared while it is at this stage. */
export function isAlertSharing({ stage, isTest }: Pick<AlertState, 'stage' | 'isTest'>): boolean {
  return !isTest && (stage === 'sharing' || stage === 'extensionAsked');
}

/**
 * The text that the relay signs with its device key when it has taken an order: the order as its envelope's base64url, and
 * what came of it, so that nobody on the way can say something else of the alert. `alert` is null when there is none.
 */
export function alertReceiptText(receipt: { relayId: string; order: string; alert: AlertState | null }): string {
  const { relayId, order, alert } = receipt;
  return ['commonsight-alert-receipt-v1', relayId, order, alert === null ? 'none' : stateText(alert)].join('\n');
}

/** Of letters, digits and hyphens alone, so that a space parts what is told. */
function stateText({ id, isTest, trigger, stage, leftMs, sharedMs, mayExtend, end, endedMsAgo }: AlertState): string {
  return [id, isTest, trigger, stage, leftMs, sharedMs, mayExtend, end ?? '-', endedMsAgo ?? '-'].join(' ');
}
