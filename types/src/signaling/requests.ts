import { z } from 'zod';
import type { AuditDeclaration } from '../audit-event.ts';
import { streamKindSchema } from '../stream-kind.ts';
import { wireErrorSchema } from '../errors.ts';
import { idSchema, momentSchema } from '../ids.ts';
import { layoutSchema } from '../layout.ts';
import {
  consumerParametersSchema,
  dtlsParametersSchema,
  iceParametersSchema,
  rtpCapabilitiesSchema,
  webRtcTransportSchema,
} from '../media.ts';
import type { Permission } from '../permission.ts';
import { supervisedSessionSchema } from '../session-board.ts';
import { supervisedViewingSchema } from '../viewing.ts';
import { screenNumberSchema, slotSchema, wallSchema } from '../wall.ts';

/** A request of a browser. Without a declared permission and audit type it cannot be written down here. */
export interface SignalingRequest {
  request: z.ZodType;
  response: z.ZodType;
  permission: Permission | 'signedIn';
  audit: AuditDeclaration;
  /** `any`: served also while the session is locked; every other request is then answered with `sessionLocked`. */
  sessionState?: 'any';
}

const nothing = z.object({});
const onScreen = z.object({ wallId: idSchema, screen: screenNumberSchema });
const ofViewings = z.object({ viewingIds: z.array(idSchema).min(1).max(64) });

/** Every change of a wall answers with the revision that it made; the change itself arrives as `wall:changed`. */
const changed = z.object({ revision: z.int().nonnegative() });

/** Browser asks, server answers with an `Answer`. */
export const signalingRequests = {
  'clock:read': {
    request: nothing,
    response: z.object({ serverTimeMs: z.number() }),
    permission: 'signedIn',
    audit: 'ownAccount',
    sessionState: 'any',
  },

  /**
   * Joins a wall's topic, and there is no other way to read a wall: whoever does is among those that
   * `wall:presenceChanged` names. `screen` null: the connection follows the wall without showing one of its screens.
   */
  'wall:join': {
    request: z.object({ wallId: idSchema, screen: screenNumberSchema.nullable() }),
    response: z.object({ wall: wallSchema }),
    permission: 'wall.read',
    audit: 'wall.read',
  },
  'wall:leave': {
    request: z.object({ wallId: idSchema }),
    response: nothing,
    permission: 'wall.read',
    audit: 'wall.read',
  },
  /** Puts a camera on a slot; what was there gives way. With an incident, the tile joins its tile group. */
  'wall:assignTile': {
    request: onScreen.extend({ slot: slotSchema, cameraId: idSchema, incidentId: idSchema.nullable() }),
    response: changed,
    permission: 'wall.edit',
    audit: 'wall.changed',
  },
  /** Moves a tile to another slot, also of another screen; a tile that is there takes the free place (swap). */
  'wall:moveTile': {
    request: z.object({ wallId: idSchema, tileId: idSchema, toScreen: screenNumberSchema, toSlot: slotSchema }),
    response: changed,
    permission: 'wall.edit',
    audit: 'wall.changed',
  },
  'wall:clearTile': {
    request: z.object({ wallId: idSchema, tileId: idSchema }),
    response: changed,
    permission: 'wall.edit',
    audit: 'wall.changed',
  },
  'wall:setLayout': {
    request: onScreen.extend({ layout: layoutSchema }),
    response: changed,
    permission: 'wall.edit',
    audit: 'wall.changed',
  },
  /** Adds the next screen to the wall, empty, or answers `conflict` when there are eight. */
  'wall:addScreen': {
    request: z.object({ wallId: idSchema, layout: layoutSchema }),
    response: changed.extend({ screen: screenNumberSchema }),
    permission: 'wall.edit',
    audit: 'wall.changed',
  },
  /**
   * Puts cameras into an incident's tile group: each camera joins the incident's cameras and takes the next free slot
   * of the screen (a camera that is on the screen keeps its tile, which joins the group). Answers `conflict` when no
   * slot is free and nothing was changed.
   */
  'wall:dockCameras': {
    request: onScreen.extend({ incidentId: idSchema, cameraIds: z.array(idSchema).min(1).max(16) }),
    response: changed,
    permission: 'incident.edit',
    audit: 'wall.changed',
  },
  /** Takes back the caller's own last change of this wall that still stands, and can be repeated; `conflict` when there is none. */
  'wall:undo': {
    request: z.object({ wallId: idSchema }),
    response: changed.extend({ undone: z.string() }),
    permission: 'wall.edit',
    audit: 'wall.changed',
  },

  /**
   * Opens this connection's peer at the SFU, or takes up the one that it had before its socket broke. A resumed peer
   * keeps its transport and consumers; `viewingIds` are those that still live.
   */
  'peer:open': {
    request: z.object({ resume: z.object({ peerId: idSchema, secret: z.string().max(100) }).nullable() }),
    response: z.object({
      peerId: idSchema,
      secret: z.string(),
      isResumed: z.boolean(),
      viewingIds: z.array(idSchema),
      routerRtpCapabilities: rtpCapabilitiesSchema,
    }),
    permission: 'camera.view',
    audit: 'partOfViewing',
  },
  'transport:create': {
    request: z.object({ rtpCapabilities: rtpCapabilitiesSchema }),
    response: webRtcTransportSchema,
    permission: 'camera.view',
    audit: 'partOfViewing',
  },
  'transport:connect': {
    request: z.object({ transportId: z.string().max(100), dtlsParameters: dtlsParametersSchema }),
    response: nothing,
    permission: 'camera.view',
    audit: 'partOfViewing',
  },
  'transport:restartIce': {
    request: z.object({ transportId: z.string().max(100) }),
    response: z.object({ iceParameters: iceParametersSchema }),
    permission: 'camera.view',
    audit: 'partOfViewing',
  },
  /**
   * Begins viewings: one per stream, each under the caller's grant for the incident, each with its audit event written
   * first. Consumers are paused until `consumer:resume`. Each item answers for itself; `grantNeeded` means that the
   * user has no running grant for this camera and incident and should ask for one.
   */
  'consumer:create': {
    request: z.object({
      items: z
        .array(z.object({ cameraId: idSchema, stream: streamKindSchema, incidentId: idSchema }))
        .min(1)
        .max(64),
    }),
    response: z.object({
      results: z.array(
        z.discriminatedUnion('ok', [
          z.object({
            ok: z.literal(true),
            cameraId: idSchema,
            viewingId: idSchema,
            streamId: idSchema,
            grantEndsAt: momentSchema,
            consumer: consumerParametersSchema,
          }),
          z.object({ ok: z.literal(false), cameraId: idSchema, error: wireErrorSchema }),
        ]),
      ),
    }),
    permission: 'camera.view',
    audit: 'viewing.started',
  },
  'consumer:resume': { request: ofViewings, response: nothing, permission: 'camera.view', audit: 'partOfViewing' },
  'consumer:pause': { request: ofViewings, response: nothing, permission: 'camera.view', audit: 'partOfViewing' },
  'consumer:close': { request: ofViewings, response: nothing, permission: 'camera.view', audit: 'viewing.ended' },

  /** Joins the topic of every viewing in the agency and answers with those that run. */
  'viewing:supervise': {
    request: nothing,
    response: z.object({ viewings: z.array(supervisedViewingSchema) }),
    permission: 'viewing.supervise',
    audit: 'viewing.supervised',
  },
  /** Answers with the agency's sessions; from then on `sessionBoard:changed` tells what has changed. */
  'session:supervise': {
    request: nothing,
    response: z.object({ sessions: z.array(supervisedSessionSchema) }),
    permission: 'session.supervise',
    audit: 'session.supervised',
  },
} as const satisfies Record<string, SignalingRequest>;

export type SignalingRequests = typeof signalingRequests;
export type RequestOf<K extends keyof SignalingRequests> = z.input<SignalingRequests[K]['request']>;
export type ResponseOf<K extends keyof SignalingRequests> = z.output<SignalingRequests[K]['response']>;
