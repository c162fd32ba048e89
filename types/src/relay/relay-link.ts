import { z } from 'zod';
import type { LinkNotifications, LinkRequests } from '../answer.ts';
import { streamKindSchema } from '../stream-kind.ts';
import { streamHealthSchema } from '../health.ts';
import { idSchema, momentSchema } from '../ids.ts';
import { rtpParametersSchema, srtpParametersSchema } from '../media.ts';
import { checkpointNoteSchema, verifierKeySchema, witnessAlarmSchema } from '../witness.ts';
import { alertStateSchema, signedAlertOrderSchema } from './alert.ts';
import {
  cameraReportSchema,
  discoveredCameraSchema,
  mostDiscoveredCameras,
  sealedCameraSchema,
  sealingPointSchema,
} from './camera-entry.ts';
import { orderChallengeSchema } from './order.ts';
import { pairRequestSchema, pairResponseSchema } from './pairing.ts';
import { signedPreviewOrderSchema } from './preview.ts';
import { relayHealthSchema } from './relay-health.ts';
import { sharingStateSchema, signedSharingSchema } from './sharing.ts';
import { signedGrantSchema } from './signed-grant.ts';
import { signedStillRequestSchema, stillAnswerSchema } from './still.ts';

/** The relay link: a relay dials the server's namespace `/relay` with a `relayHelloSchema` in `auth`. */
export const relayNamespace = '/relay';

const nothing = z.object({});

/** Where an uplink goes and the key that the far end sends with. */
export const uplinkTargetSchema = z.object({
  uplinkId: idSchema,
  address: z.string(),
  port: z.int().min(1).max(65535),
  srtpParameters: srtpParametersSchema,
});

/** Server asks, relay answers. */
export const relayRequests = {
  'relay:snapshot': {
    request: nothing,
    response: z.object({
      streams: z.array(
        z.object({
          streamId: idSchema,
          cameraId: idSchema,
          kind: streamKindSchema,
          uplinkId: idSchema,
          health: streamHealthSchema,
        }),
      ),
    }),
  },
  /**
   * Starts a stream, or gives a running one a new uplink. The relay checks every signed grant itself and refuses with
   * `notPermitted` when none holds, with `notShared`, whatever the grants, when the owner does not share the camera, and with
   * `uploadFull` when the stream does not fit into what the owner lets leave the site. It answers as soon as its sending end
   * exists: what the packets look like does not depend on the camera, and the camera's own condition arrives as
   * `stream:healthChanged`.
   */
  'stream:start': {
    request: z.object({
      streamId: idSchema,
      cameraId: idSchema,
      kind: streamKindSchema,
      uplink: uplinkTargetSchema,
      grants: z.array(signedGrantSchema).min(1).max(500),
    }),
    response: z.object({ srtpParameters: srtpParametersSchema, rtpParameters: rtpParametersSchema }),
  },
  /** Replaces the grants that a running stream lives by. The relay stops it when the last one has ended. */
  'stream:replaceGrants': {
    request: z.object({ streamId: idSchema, grants: z.array(signedGrantSchema).max(500) }),
    response: nothing,
  },
  /**
   * Hands over an owner's key with its proof of the pairing code. Every try uses the code up, the right one and the wrong
   * one. `notPermitted` when the proof is wrong, and when there is no code or its time is over.
   */
  'owner:pair': { request: pairRequestSchema, response: pairResponseSchema },
  /**
   * Hands over a document that an owner has signed; it is in force when this is answered. `conflict` when one with this
   * version or a higher one is in force, `notPermitted` for every other that is refused.
   */
  'sharing:offer': { request: z.object({ signed: signedSharingSchema }), response: sharingStateSchema },
  /** A challenge for one order of an owner's, good for fifteen seconds by the relay's monotonic clock. */
  'alert:prepare': { request: nothing, response: z.object({ challenge: orderChallengeSchema }) },
  /**
   * Hands over what an owner has signed about an alert; it holds when this is answered. The receipt is the relay's signature
   * over `alertReceiptText`. `notPermitted` for a wrong signature, another relay and a challenge that is used, too old or
   * void by an order that was prepared later; `conflict` for what does not fit, such as an extension without an alert. An
   * `end` without an alert fits, and has null where there was none since the relay's start.
   */
  'alert:order': {
    request: z.object({ signed: signedAlertOrderSchema }),
    response: z.object({ alert: alertStateSchema.nullable(), receipt: z.base64url().max(200) }),
  },
  /** The alert's incident is closed: the relay ends it. All that a server can do to an alert; another id is no error. */
  'alert:end': { request: z.object({ alertId: idSchema }), response: nothing },
  /** A challenge for one order of a preview, as for alerts: good for seconds, and void after a later one. */
  'preview:prepare': { request: nothing, response: z.object({ challenge: orderChallengeSchema }) },
  /**
   * Sends a camera's stream to one more uplink, on an order that an owner has signed, without any grant and for
   * `previewMs` at most. `notPermitted` for what no owner signed and a challenge that is used or too old, `notShared` for a
   * camera that police cannot see now unless the order says that the owner knows it, `tooManyRequests` while others run.
   */
  'preview:start': {
    request: z.object({
      signed: signedPreviewOrderSchema,
      previewId: idSchema,
      streamId: idSchema,
      uplink: uplinkTargetSchema,
    }),
    response: z.object({ srtpParameters: srtpParametersSchema, rtpParameters: rtpParametersSchema }),
  },
  /** An unknown one is no error. */
  'preview:stop': { request: z.object({ previewId: idSchema }), response: nothing },
  /** Stops a stream; an unknown one is no error. The owner's previews of it go on. */
  'stream:stop': { request: z.object({ streamId: idSchema }), response: nothing },
  /** The point that new cameras are sealed for. Its fingerprint is what `relay camera fingerprint` prints. */
  'camera:readSealing': { request: nothing, response: z.object({ sealingPoint: sealingPointSchema }) },
  /** Looks for cameras on the relay's network for some seconds. `tooManyRequests` while another search runs. */
  'camera:discover': {
    request: nothing,
    response: z.object({ cameras: z.array(discoveredCameraSchema).max(mostDiscoveredCameras) }),
  },
  /**
   * Plays a new camera for some seconds. `badRequest` when what is sealed cannot be opened or is too old, `notFound`
   * when the camera is not known any more that it was discovered as. With `ticket` a usable one is saved within the hour.
   */
  'camera:test': {
    request: z.object({ sealed: sealedCameraSchema }),
    response: z.object({ report: cameraReportSchema, ticket: idSchema.nullable() }),
  },
  /**
   * Keeps the tested camera under this id. `conflict` when the id has an entry or one of the streams is entered under
   * another: over the link nothing that the relay has is replaced. `notFound` when the ticket has run out.
   */
  'camera:keep': { request: z.object({ ticket: idSchema, cameraId: idSchema }), response: nothing },
  /** How the relay, its machine and its cameras are. */
  'relay:readHealth': { request: nothing, response: relayHealthSchema },
  /**
   * Takes a still of a camera for whoever has signed the request, sealed for that browser. `notPermitted` when no owner of
   * now has signed it, `conflict` when it was answered before, `tooManyRequests` while another one is taken, and
   * `mediaUnavailable` with the reason when the camera gives none.
   */
  'camera:takeStill': { request: z.object({ signed: signedStillRequestSchema }), response: stillAnswerSchema },
} as const satisfies LinkRequests;

/** Relay asks, server answers. */
export const relayQuestions = {
  /** The server's clock, by which the relay states `receivedAtMs`. */
  'clock:read': { request: nothing, response: z.object({ serverTimeMs: z.number() }) },
  /**
   * What the relay is as a witness of its agency's log, at every connection and whenever its alarm begins or ends. The
   * answer is for relays that were enrolled before enrolment told them the log's key.
   */
  'log:introduce': {
    request: z.object({ witnessKey: verifierKeySchema, alarm: witnessAlarmSchema.nullable() }),
    response: z.object({ logKey: verifierKeySchema }),
  },
  /** A checkpoint of the log with the relay's cosignature. */
  'log:cosign': { request: z.object({ note: checkpointNoteSchema }), response: nothing },
  /** What the owner shares, as the relay goes by it: at every connection and whenever anything of it changes. */
  'sharing:tell': { request: sharingStateSchema, response: nothing },
  /** The alert that runs, else the last one since the relay's start: at every connection and at each of its stages. */
  'alert:tell': { request: z.object({ alert: alertStateSchema.nullable() }), response: nothing },
} as const satisfies LinkRequests;

/** Relay tells, nobody answers. */
export const relayNotifications = {
  'stream:healthChanged': z.object({
    streamId: idSchema,
    cameraId: idSchema,
    kind: streamKindSchema,
    health: streamHealthSchema,
  }),
  /**
   * Once a second for a live stream: the RTP timestamp (90 kHz, as sent on the uplink) of a frame and when the relay
   * had received it whole, in milliseconds of the server's clock. Browsers measure a tile's delay by it.
   */
  'stream:clock': z.object({ streamId: idSchema, rtpTimestamp: z.int().nonnegative(), receivedAtMs: z.number() }),
  /**
   * The relay has ended a stream by itself: its last grant has ended (`grantsEnded`), its owner does
   * not share the camera any more (`notShared`), more left the site than its owner allows (`uploadFull`), or its worker
   * has died (`stopped`).
   * What the server has asked it to stop is answered and not told. `uplinkId` is the stream's last uplink.
   */
  'stream:stopped': z.object({
    streamId: idSchema,
    uplinkId: idSchema,
    reason: z.enum(['grantsEnded', 'notShared', 'uploadFull', 'stopped']),
    at: momentSchema,
  }),
  /** The relay has ended an owner's preview by itself. */
  'preview:stopped': z.object({ previewId: idSchema, reason: z.enum(['time', 'notShared', 'stopped']) }),
} as const satisfies LinkNotifications;

export type RelayRequests = typeof relayRequests;
export type RelayQuestions = typeof relayQuestions;
export type RelayNotifications = typeof relayNotifications;
