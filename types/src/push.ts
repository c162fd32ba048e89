import { z } from 'zod';
import { idSchema, momentSchema } from './ids.ts';
import { alertEndSchema, alertTriggerSchema } from './relay/alert.ts';
import { signedEnvelopeSchema } from './relay/signed-envelope.ts';
import { lineSchema } from './text.ts';

/** So many browsers of one site may get push messages. */
export const mostPushSubscriptions = 20;

/**
 * Where a browser's push service takes messages for it (W3C Push API, RFC 8030), and what they are encrypted with
 * (RFC 8291): the browser's P-256 point, uncompressed, and 16 bytes that it shares with the sender.
 */
export const pushTargetSchema = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }).max(1_000),
  p256dh: z.base64url().length(87),
  auth: z.base64url().length(22),
});

export type PushTarget = z.infer<typeof pushTargetSchema>;

/** What an owner's browser asks for about push messages. */
const pushActSchema = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.literal('begin'),
    target: pushTargetSchema,
    /** How the owner knows this browser among the others. */
    name: lineSchema(60),
    /** On the screen a message says only that there is something to read. */
    isDiscreet: z.boolean(),
  }),
  /** Sends one message to see that they arrive. */
  z.strictObject({ act: z.literal('try'), subscriptionId: idSchema }),
  z.strictObject({ act: z.literal('end'), subscriptionId: idSchema }),
  /** Changes nothing: the answer names the browsers. */
  z.strictObject({ act: z.literal('list') }),
]);

export type PushAct = z.infer<typeof pushActSchema>;

/**
 * What an owner's browser signs about push messages, so that whoever has the owner's link and no key can neither get the
 * messages nor end those of the owner, nor read which devices the owner has.
 */
export const pushOrderSchema = z.strictObject({
  format: z.literal('commonsight-push-1'),
  relayId: idSchema,
  ask: pushActSchema,
});

export type PushOrder = z.infer<typeof pushOrderSchema>;

export const signedPushOrderSchema = signedEnvelopeSchema('order', 4_000);

export type SignedPushOrder = z.infer<typeof signedPushOrderSchema>;

export const pushSignatureContext = 'commonsight-push-v1\n';

/** A browser that gets push messages, as the owner's page shows it. Where they go to stays at the server. */
export const pushSubscriptionSchema = z.object({
  id: idSchema,
  /** Null for whoever has the link and has signed nothing. */
  name: z.string().nullable(),
  isDiscreet: z.boolean(),
  createdAt: momentSchema,
  /** When its push service took a message last; whether the browser has shown it nobody can tell. Null also where the name is. */
  takenAt: momentSchema.nullable(),
});

export type PushSubscription = z.infer<typeof pushSubscriptionSchema>;

const ofAlert = { alertId: idSchema, isTest: z.boolean() };

/** What a push message is about. */
export const pushTopicSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('alertBegan'), ...ofAlert, trigger: alertTriggerSchema }),
  z.object({ kind: z.literal('extensionAsked'), ...ofAlert, mayExtend: z.boolean(), until: momentSchema }),
  z.object({
    kind: z.literal('alertEnded'),
    ...ofAlert,
    end: alertEndSchema.nullable(),
    /** Whether it came to sharing anything, or would have in a test. */
    hasShared: z.boolean(),
  }),
  z.object({ kind: z.literal('footageAsked'), deadline: momentSchema }),
  /** Cameras, or the relay with all of them, that have been out of reach for long. */
  z.object({
    kind: z.literal('cameraDown'),
    isRelay: z.boolean(),
    cameras: z.int().nonnegative(),
    /** The one camera's name; null of several and of a relay. */
    cameraName: z.string().nullable(),
    since: momentSchema,
  }),
  z.object({ kind: z.literal('trial') }),
]);

export type PushTopic = z.infer<typeof pushTopicSchema>;

/** What is encrypted for a browser. It opens nothing: no secret of a link, no key, no picture, no address. */
export const pushMessageSchema = z.object({
  format: z.literal('commonsight-push-message-1'),
  subscriptionId: idSchema,
  siteName: z.string(),
  isDiscreet: z.boolean(),
  sentAt: momentSchema,
  about: pushTopicSchema,
});

export type PushMessage = z.infer<typeof pushMessageSchema>;

/** What the owner's page is opened for by a message: it brings this question or part to the front. */
export const ownerQuestionSchema = z.enum(['start', 'alert', 'extend', 'end', 'receipt', 'footage', 'cameras']);

export type OwnerQuestion = z.infer<typeof ownerQuestionSchema>;
