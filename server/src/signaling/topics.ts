import type { Permission } from '@commonsight/types/permission';

/**
 * A group of connections that get the same notifications. Names are made here alone, so that no two kinds of topic can
 * meet in one name.
 */
export type Topic = string & { readonly brand: 'topic' };

const topic = (kind: string, id: string) => `${kind}:${id}` as Topic;

/** The permissions whose holders are told something: a connection joins the topics of those that its user holds. */
export const toldPermissions = [
  'alert.read',
  'audit.read',
  'camera.list',
  'grant.approve',
  'incident.read',
  'site.read',
] as const satisfies readonly Permission[];

export const topics = {
  /** Those of the agency whose role holds the permission. */
  holders: (agencyId: string, permission: (typeof toldPermissions)[number]) => topic(permission, agencyId),
  /** Those of the agency who reach all its cameras. */
  allCameras: (agencyId: string) => topic('cameras', agencyId),
  /** Those who reach this camera and not all. */
  camera: (cameraId: string) => topic('camera', cameraId),
  /** Everybody of the agency who reaches the camera. */
  reachers: (agencyId: string, cameraId: string): Topic[] => [topics.allCameras(agencyId), topics.camera(cameraId)],
  /** Everybody of the agency, whatever the role. */
  agency: (agencyId: string) => topic('agency', agencyId),
  /** Everybody on a wall. */
  wall: (wallId: string) => topic('wall', wallId),
  /** Those of the agency who supervise its viewings. */
  supervisors: (agencyId: string) => topic('supervisors', agencyId),
  /** Those who view a stream. */
  stream: (streamId: string) => topic('stream', streamId),
  /** All connections of a user. */
  user: (userId: string) => topic('user', userId),
  /** Those of them that somebody sits at: no wall displays. */
  desks: (userId: string) => topic('desks', userId),
};
