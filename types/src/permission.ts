import { z } from 'zod';

/** The closed list of allowed actions. Whoever adds one decides for every role below whether it holds it. */
export const permissionSchema = z.enum([
  'camera.list',
  'camera.view',
  'camera.administer',
  'wall.read',
  'wall.edit',
  'incident.read',
  'incident.create',
  'incident.edit',
  'incident.close',
  'grant.request',
  'viewing.supervise',
  'viewing.end',
  'wallDisplay.declare',
  'site.read',
  'site.administer',
  'relay.administer',
  'user.administer',
  'audit.read',
]);

export type Permission = z.infer<typeof permissionSchema>;

export const roleSchema = z.enum(['analyst', 'dispatcher', 'supervisor', 'administrator']);

export type Role = z.infer<typeof roleSchema>;

const operator = [
  'camera.list',
  'camera.view',
  'wall.read',
  'wall.edit',
  'incident.read',
  'incident.edit',
  'grant.request',
  'site.read',
] as const satisfies readonly Permission[];

/** What each role may do. An administrator runs the system and sees no video: there is no super-administrator view. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  analyst: operator,
  dispatcher: [...operator, 'incident.create', 'incident.close'],
  supervisor: [
    ...operator,
    'incident.create',
    'incident.close',
    'viewing.supervise',
    'viewing.end',
    'wallDisplay.declare',
    'audit.read',
  ],
  administrator: [
    'camera.list',
    'camera.administer',
    'wall.read',
    'incident.read',
    'site.read',
    'site.administer',
    'relay.administer',
    'user.administer',
    'audit.read',
  ],
};

/** What a wall display may do of what its supervisor may: receive. */
export const wallDisplayPermissions = [
  'camera.list',
  'camera.view',
  'wall.read',
  'incident.read',
  'site.read',
] as const satisfies readonly Permission[];
