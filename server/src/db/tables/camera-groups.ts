import type { CameraGroupRule } from '@commonsight/types/camera-group';
import type { CameraPermission, Role } from '@commonsight/types/permission';
import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { primaryId } from '../columns.ts';
import { agencies, users } from './accounts.ts';
import { cameras } from './sites.ts';

const agencyId = () =>
  uuid()
    .notNull()
    .references(() => agencies.id);

const groupId = () =>
  uuid()
    .notNull()
    .references(() => cameraGroups.id, { onDelete: 'cascade' });

/** Cameras that are allowed or denied together. */
export const cameraGroups = pgTable(
  'camera_groups',
  { id: primaryId(), agencyId: agencyId(), name: text().notNull() },
  (table) => [index().on(table.agencyId)],
);

export const cameraGroupCameras = pgTable(
  'camera_group_cameras',
  {
    groupId: groupId(),
    cameraId: uuid()
      .notNull()
      .references(() => cameras.id, { onDelete: 'cascade' }),
    agencyId: agencyId(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.cameraId] })],
);

/** Whom a group's cameras are allowed or denied; either `role` or `userId` is set. */
export const cameraGroupRules = pgTable(
  'camera_group_rules',
  {
    id: primaryId(),
    groupId: groupId(),
    agencyId: agencyId(),
    effect: text().$type<CameraGroupRule['effect']>().notNull(),
    role: text().$type<Role>(),
    userId: uuid().references(() => users.id),
    permissions: jsonb().$type<CameraPermission[]>().notNull(),
  },
  (table) => [index().on(table.agencyId), index().on(table.groupId)],
);
