import type { Role } from '@commonsight/types/permission';
import type { Area } from '@commonsight/types/registration';
import type { DeviceClass, SignInMethod } from '@commonsight/types/session';
import { boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';

export const agencies = pgTable('agencies', {
  id: primaryId(),
  name: text().notNull().unique(),
  /** Raised under the row's lock, so that two incidents made at once get two numbers. */
  lastIncidentNumber: integer().notNull().default(0),
  /** Its cameras are simulated: every incident of it is a training. */
  isTraining: boolean().notNull().default(false),
  lastCameraNumber: integer().notNull().default(0),
  /** Within which residents may register cameras; null: the agency keeps no registry. */
  area: jsonb().$type<Area>(),
  createdAt: moment().notNull().defaultNow(),
});

/** better-auth's user with what this project adds to it: agency, role, use notice, lock, end. */
export const users = pgTable(
  'users',
  {
    id: primaryId(),
    agencyId: uuid()
      .notNull()
      .references(() => agencies.id),
    name: text().notNull(),
    email: text().notNull().unique(),
    emailVerified: boolean().notNull().default(false),
    image: text(),
    role: text().$type<Role>().notNull(),
    disabledAt: moment(),
    /** Since when failed tries have locked it; an administrator releases it. */
    lockedAt: moment(),
    lastSignInAt: moment(),
    /** When it was last enabled again; its time without use counts from then. */
    enabledAt: moment(),
    /** The use notice's version that the user has accepted; 0: none. */
    acceptedNoticeVersion: integer().notNull().default(0),
    twoFactorEnabled: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (table) => [index().on(table.agencyId)],
);

/** better-auth's session, with what this project adds: method, device class, activity and lock. */
export const sessions = pgTable(
  'sessions',
  {
    id: primaryId(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    token: text().notNull().unique(),
    expiresAt: moment().notNull(),
    ipAddress: text(),
    userAgent: text(),
    method: text().$type<SignInMethod>().notNull().default('password'),
    deviceClass: text().$type<DeviceClass>().notNull().default('console'),
    /** The last activity that the browser has reported; by this server's clock. */
    lastActiveAt: moment().notNull().defaultNow(),
    lockedAt: moment(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (table) => [index().on(table.userId)],
);

/** better-auth's account: a way to sign in; here the password's hash. */
export const accounts = pgTable(
  'accounts',
  {
    id: primaryId(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accountId: text().notNull(),
    providerId: text().notNull(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: moment(),
    refreshTokenExpiresAt: moment(),
    scope: text(),
    password: text(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (table) => [index().on(table.userId)],
);

/** better-auth's verification: one-time values that it hands out. */
export const verifications = pgTable(
  'verifications',
  {
    id: primaryId(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: moment().notNull(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (table) => [index().on(table.identifier)],
);
