import { z } from 'zod';

/** The closed list of allowed actions. Whoever adds one decides for every role below whether it holds it. */
export const permissionSchema = z.enum([
  /** See cameras on the list and the map. */
  'camera.list',
  /** Look at live video, with a grant. */
  'camera.view',
  'camera.administer',
  /** Make camera groups, and say who is limited to them. */
  'cameraGroup.administer',
  'wall.read',
  'wall.edit',
  'incident.read',
  'incident.create',
  'incident.edit',
  'incident.close',
  'grant.request',
  /** Approve or deny what others ask for; never one's own. */
  'grant.approve',
  /** End another user's grant. */
  'grant.revoke',
  'viewing.supervise',
  'viewing.end',
  /** See every session of the agency: who, where, since when, with which walls and viewings. */
  'session.supervise',
  /** End an operator's session; never one's own. */
  'session.end',
  /** Write to an operator, who has to acknowledge it. */
  'message.send',
  /** See which viewings wait for review, and how others were closed. */
  'review.list',
  /** Judge a viewing; never one's own. */
  'review.close',
  /** Set users' working hours; never one's own. */
  'shift.administer',
  'wallDisplay.declare',
  'site.read',
  /** See owners' alerts, with the words that they have for responders in the sharing document. */
  'alert.read',
  /** Open an owner's site card while its alert runs: contacts, notes, floor plan. */
  'siteCard.read',
  /** Ask what saw a place: registered cameras are found by that alone, without contacts. */
  'registry.read',
  /** See whom to ask about a registered camera, one at a time and for a purpose. */
  'registry.reveal',
  /** Ask registrants and owners for footage, and let colleagues read a request that one reads. */
  'footage.request',
  /** Read the requests that one has sent or was added to with their files, and no others. */
  'footage.read',
  /** Say where the agency takes registrations, and make canaries: registrations of nobody, which show who reveals without need. */
  'registry.administer',
  'site.administer',
  'relay.administer',
  'user.administer',
  /** Keep an incident's number from owners for a while. */
  'ledger.withhold',
  /** Disable an operator's account at once; an administrator enables it again. */
  'user.suspend',
  'policy.propose',
  /** Approve or refuse a policy pack; never approve one's own. */
  'policy.approve',
  /** Read and search the audit log. */
  'audit.read',
  /** Open and close findings about entries of the log. */
  'finding.write',
]);

export type Permission = z.infer<typeof permissionSchema>;

export const roleSchema = z.enum(['analyst', 'dispatcher', 'supervisor', 'administrator', 'auditor']);

export type Role = z.infer<typeof roleSchema>;

/** The permissions that are about cameras one by one, and that camera groups can limit. */
export const cameraPermissionSchema = permissionSchema.extract(['camera.list', 'camera.view']);

export type CameraPermission = z.infer<typeof cameraPermissionSchema>;

const operator = [
  'camera.list',
  'camera.view',
  'wall.read',
  'wall.edit',
  'incident.read',
  'incident.edit',
  'grant.request',
  'site.read',
  'alert.read',
  'siteCard.read',
  'registry.read',
  'registry.reveal',
  'footage.request',
  'footage.read',
] as const satisfies readonly Permission[];

/**
 * What each role may do. An administrator runs the system and sees no video: there is no super-administrator view. An
 * auditor stands outside the chain of command: reads what was done, and does none of it.
 */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  analyst: operator,
  dispatcher: [...operator, 'incident.create', 'incident.close'],
  supervisor: [
    ...operator,
    'incident.create',
    'incident.close',
    'grant.approve',
    'grant.revoke',
    'viewing.supervise',
    'viewing.end',
    'session.supervise',
    'session.end',
    'message.send',
    'review.list',
    'review.close',
    'shift.administer',
    'user.suspend',
    'wallDisplay.declare',
    'ledger.withhold',
    'policy.propose',
    'policy.approve',
    'audit.read',
  ],
  administrator: [
    'camera.list',
    'camera.administer',
    'cameraGroup.administer',
    'wall.read',
    'incident.read',
    'site.read',
    'registry.administer',
    'site.administer',
    'relay.administer',
    'user.administer',
    'policy.propose',
    'policy.approve',
    'audit.read',
  ],
  auditor: ['audit.read', 'review.list', 'finding.write'],
};

/** What a wall display may do of what its supervisor may: receive. */
export const wallDisplayPermissions = [
  'camera.list',
  'camera.view',
  'wall.read',
  'incident.read',
  'site.read',
  'alert.read',
] as const satisfies readonly Permission[];
