import { z } from 'zod';
import { cameraSchema } from '../camera.ts';
import { grantSchema } from '../grant.ts';
import { idSchema } from '../ids.ts';
import {
  dispositionSchema,
  incidentSchema,
  incidentTitleSchema,
  noteTextSchema,
  prioritySchema,
  timelineEntrySchema,
} from '../incident.ts';
import { layoutSchema } from '../layout.ts';
import { positionSchema, viewConeSchema } from '../position.ts';
import { purposeSchema } from '../purpose.ts';
import {
  challengeRequestSchema,
  challengeResponseSchema,
  createdCodeSchema,
  enrolRequestSchema,
  enrolResponseSchema,
} from '../relay/enrolment.ts';
import { relaySchema, siteSchema } from '../site.ts';
import { sectionSchema, uplinkKilobitsSchema } from '../site-camera.ts';
import { lineSchema } from '../text.ts';
import { timeZoneSchema } from '../time-zone.ts';
import { meSchema } from '../user.ts';
import { viewingSchema } from '../viewing.ts';
import { wallSchema, wallSummarySchema } from '../wall.ts';
import { alertRoutes } from './alert-routes.ts';
import { applicationRoutes } from './application-routes.ts';
import { logRoutes } from './log-routes.ts';
import { cameraGroupRoutes } from './camera-group-routes.ts';
import { digestRoutes } from './digest-routes.ts';
import { grantRoutes } from './grant-routes.ts';
import { findingRoutes } from './finding-routes.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { operatorRoutes } from './operator-routes.ts';
import { ownerRoutes } from './owner-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { previewRoutes } from './preview-routes.ts';
import { pushRoutes } from './push-routes.ts';
import { registryRoutes } from './registry-routes.ts';
import type { Route } from './route.ts';
import { transparencyRoutes } from './transparency-routes.ts';
import { relayCameraRoutes } from './relay-camera-routes.ts';
import { footageRoutes } from './footage-routes.ts';
import { searchRoutes } from './search-routes.ts';
import { siteCameraRoutes } from './site-camera-routes.ts';
import { siteCardRoutes } from './site-card-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { accountRoutes } from './account-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { userRoutes } from './user-routes.ts';

const byId = z.object({ id: idSchema });

/** The HTTP API. */
export const routes = {
  health: {
    method: 'GET',
    path: '/api/health',
    response: z.object({
      status: z.enum(['ready', 'degraded']),
      database: z.enum(['up', 'down']),
      redis: z.enum(['up', 'down']),
      /** Down: lines cannot be written or signed, and nothing that needs one is allowed. */
      audit: z.enum(['up', 'down']),
      sfu: z.object({ isConnected: z.boolean() }),
      relays: z.object({ enrolled: z.int(), online: z.int() }),
      /** Relays that have cosigned a log within five minutes, and those that raise an alarm about one. */
      witnesses: z.object({ current: z.int(), alarms: z.int() }),
    }),
    permission: 'public',
    audit: 'public',
  },
  clientConfig: {
    method: 'GET',
    path: '/api/client-config',
    response: z.object({ mapboxToken: z.string().nullable(), isTraining: z.boolean() }),
    permission: 'public',
    audit: 'public',
  },
  me: {
    method: 'GET',
    path: '/api/me',
    response: meSchema,
    permission: 'signedIn',
    audit: 'ownAccount',
    sessionState: 'any',
  },

  listCameras: {
    method: 'GET',
    path: '/api/cameras',
    response: z.object({ cameras: z.array(cameraSchema) }),
    permission: 'camera.list',
    audit: 'camera.listed',
  },
  /** Nobody sees it before it is confirmed (`confirmCameras`). */
  createCamera: {
    method: 'POST',
    path: '/api/cameras',
    body: z.object({
      siteId: idSchema,
      name: lineSchema(80),
      section: sectionSchema.nullable().default(null),
      position: positionSchema,
      viewCone: viewConeSchema,
    }),
    response: cameraSchema,
    permission: 'camera.administer',
    audit: 'camera.created',
  },
  changeCamera: {
    method: 'PATCH',
    path: '/api/cameras/:id',
    params: byId,
    body: z
      .object({
        name: lineSchema(80),
        section: sectionSchema.nullable(),
        position: positionSchema,
        viewCone: viewConeSchema,
      })
      .partial(),
    response: cameraSchema,
    permission: 'camera.administer',
    audit: 'camera.changed',
  },
  /** Cameras in reach of a point: those whose view cone holds it first, then by distance. */
  nearCameras: {
    method: 'GET',
    path: '/api/cameras/near',
    query: z.object({
      latitude: z.coerce.number().min(-90).max(90),
      longitude: z.coerce.number().min(-180).max(180),
      limit: z.coerce.number().int().min(1).max(50).default(12),
    }),
    response: z.object({
      cameras: z.array(z.object({ cameraId: idSchema, distanceMetres: z.number(), coversPoint: z.boolean() })),
    }),
    permission: 'camera.list',
    audit: 'camera.listed',
  },

  /** What is on a wall is read by `wall:join` alone, which shows to everybody on it. */
  listWalls: {
    method: 'GET',
    path: '/api/walls',
    response: z.object({ walls: z.array(wallSummarySchema) }),
    permission: 'wall.read',
    audit: 'wall.read',
  },
  createWall: {
    method: 'POST',
    path: '/api/walls',
    body: z.object({ name: lineSchema(80), layout: layoutSchema, incidentId: idSchema.nullable() }),
    response: wallSchema,
    permission: 'wall.edit',
    audit: 'wall.created',
  },

  listIncidents: {
    method: 'GET',
    path: '/api/incidents',
    query: z.object({ state: z.enum(['open', 'closed']).default('open') }),
    response: z.object({ incidents: z.array(incidentSchema) }),
    permission: 'incident.read',
    audit: 'incident.read',
  },
  getIncident: {
    method: 'GET',
    path: '/api/incidents/:id',
    params: byId,
    response: z.object({ incident: incidentSchema, timeline: z.array(timelineEntrySchema) }),
    permission: 'incident.read',
    audit: 'incident.read',
  },
  createIncident: {
    method: 'POST',
    path: '/api/incidents',
    body: z.object({ title: incidentTitleSchema, priority: prioritySchema, position: positionSchema }),
    response: incidentSchema,
    permission: 'incident.create',
    audit: 'incident.created',
  },
  changeIncident: {
    method: 'PATCH',
    path: '/api/incidents/:id',
    params: byId,
    body: z
      .object({
        title: incidentTitleSchema,
        priority: prioritySchema,
        position: positionSchema,
        cameraIds: z.array(idSchema).max(64),
      })
      .partial(),
    response: incidentSchema,
    permission: 'incident.edit',
    audit: 'incident.changed',
  },
  noteIncident: {
    method: 'POST',
    path: '/api/incidents/:id/notes',
    params: byId,
    body: z.object({ text: noteTextSchema }),
    response: timelineEntrySchema,
    permission: 'incident.edit',
    audit: 'incident.noted',
  },
  /** Ends every grant and viewing of the incident. */
  closeIncident: {
    method: 'POST',
    path: '/api/incidents/:id/close',
    params: byId,
    body: z.object({ disposition: dispositionSchema }),
    response: incidentSchema,
    permission: 'incident.close',
    audit: 'incident.closed',
  },

  /**
   * The user's own: for each open incident the newest ordinary grant and the newest by break-glass, running or not, so
   * that a page which is opened anew can say that access has run out and ask for it again.
   */
  listGrants: {
    method: 'GET',
    path: '/api/grants',
    response: z.object({ grants: z.array(grantSchema) }),
    permission: 'grant.request',
    audit: 'ownAccount',
  },
  /**
   * Asks for a grant. A user has one running grant per incident: asking again with more cameras adds them to it, so
   * that the purpose is asked once per incident and not per tile; without `purpose` the running one is used, or
   * `grantNeeded` is answered. A break-glass grant is none of these: it stands beside, and nothing is added to it here.
   */
  requestGrant: {
    method: 'POST',
    path: '/api/grants',
    body: z.object({
      incidentId: idSchema,
      purpose: purposeSchema.nullable(),
      cameraIds: z.array(idSchema).min(1).max(64),
    }),
    response: grantSchema,
    permission: 'grant.request',
    audit: 'grant.created',
  },
  /**
   * Moves the own running grant's end to the full duration from now. `conflict` for break-glass; `approvalNeeded` when
   * the policy asks for an approval by now that the grant does not have.
   */
  extendGrant: {
    method: 'POST',
    path: '/api/grants/:id/extend',
    params: byId,
    response: grantSchema,
    permission: 'grant.request',
    audit: 'grant.extended',
  },
  /** Ends the own grant, and with it its viewings. */
  endGrant: {
    method: 'POST',
    path: '/api/grants/:id/end',
    params: byId,
    response: grantSchema,
    permission: 'grant.request',
    audit: 'grant.ended',
  },

  ...grantRoutes,

  endViewing: {
    method: 'POST',
    path: '/api/viewings/:id/end',
    params: byId,
    body: z.object({ note: lineSchema(300) }),
    response: viewingSchema,
    permission: 'viewing.end',
    audit: 'viewing.ended',
  },

  listSites: {
    method: 'GET',
    path: '/api/sites',
    response: z.object({ sites: z.array(siteSchema) }),
    permission: 'site.read',
    audit: 'site.read',
  },
  createSite: {
    method: 'POST',
    path: '/api/sites',
    body: z.object({
      name: lineSchema(80),
      address: lineSchema(200),
      position: positionSchema,
      isResidential: z.boolean().default(false),
      timeZone: timeZoneSchema.nullable().default(null),
    }),
    response: siteSchema,
    permission: 'site.administer',
    audit: 'site.created',
  },
  /** Marking a site as a home ends the grants that hold its cameras, unless the policy allows to watch homes. */
  changeSite: {
    method: 'PATCH',
    path: '/api/sites/:id',
    params: byId,
    body: z
      .object({
        isResidential: z.boolean().optional(),
        /** What the site's line carries upwards; null: not known. */
        uplinkKilobitsPerSecond: uplinkKilobitsSchema.nullable().optional(),
      })
      .refine((change) => Object.values(change).some((value) => value !== undefined), 'Say what to change.'),
    response: siteSchema,
    permission: 'site.administer',
    audit: 'site.changed',
  },
  /** Makes a one-time code: ten minutes, one use, shown once. `conflict` while the site has a relay that is not revoked. */
  createEnrolmentCode: {
    method: 'POST',
    path: '/api/sites/:id/enrolment-codes',
    params: byId,
    response: createdCodeSchema,
    permission: 'relay.administer',
    audit: 'relay.codeCreated',
  },
  enrolRelay: {
    method: 'POST',
    path: '/api/relays/enrol',
    body: enrolRequestSchema,
    response: enrolResponseSchema,
    permission: 'public',
    audit: 'relay.enrolled',
  },
  challengeRelay: {
    method: 'POST',
    path: '/api/relays/challenge',
    body: challengeRequestSchema,
    response: challengeResponseSchema,
    permission: 'public',
    audit: 'public',
  },
  revokeRelay: {
    method: 'POST',
    path: '/api/relays/:id/revoke',
    params: byId,
    response: relaySchema,
    permission: 'relay.administer',
    audit: 'relay.revoked',
  },

  ...relayCameraRoutes,
  ...siteCameraRoutes,

  ...sessionRoutes,
  ...accountRoutes,
  ...operatorRoutes,
  ...userRoutes,

  ...alertRoutes,
  ...siteCardRoutes,
  ...cameraGroupRoutes,
  ...policyRoutes,
  ...transparencyRoutes,
  ...reviewRoutes,
  ...ledgerRoutes,
  ...digestRoutes,
  ...ownerRoutes,
  ...previewRoutes,
  ...pushRoutes,
  ...findingRoutes,

  ...logRoutes,
  ...registryRoutes,
  ...applicationRoutes,
  ...searchRoutes,
  ...footageRoutes,
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
