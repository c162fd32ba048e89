import type { PushTopic } from '@commonsight/types/push';
import { boolean, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies } from './accounts.ts';
import { ledgerLinks } from './ledger.ts';
import { relays, sites } from './sites.ts';

const agencyId = () =>
  uuid()
    .notNull()
    .references(() => agencies.id);

const siteId = () =>
  uuid()
    .notNull()
    .references(() => sites.id);

/** Browsers of owners that get push messages, for as long as the link holds and the relay keeps the browser's key. */
export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    id: primaryId(),
    agencyId: agencyId(),
    siteId: siteId(),
    relayId: uuid()
      .notNull()
      .references(() => relays.id),
    linkId: uuid()
      .notNull()
      .references(() => ledgerLinks.id),
    /** The owner's key that asked for it: SPKI DER in base64url. */
    ownerKey: text().notNull(),
    /** Where messages go to, and the browser's name: AES-256-GCM with a key of the server's, base64. */
    sealed: text().notNull(),
    /** HMAC-SHA-256 of the endpoint, with a key of the server's, so that a browser has one row for each relay. */
    endpointHash: text().notNull(),
    isDiscreet: boolean().notNull(),
    createdAt: moment().notNull(),
    takenAt: moment(),
    /** Messages in a row that its push service did not take. */
    failures: integer().notNull().default(0),
  },
  (table) => [unique().on(table.relayId, table.endpointHash), index().on(table.siteId), index().on(table.linkId)],
);

/** Push messages that are on their way. One that is taken, over or given up is gone. */
export const pushMessages = pgTable(
  'push_messages',
  {
    id: primaryId(),
    agencyId: agencyId(),
    subscriptionId: uuid()
      .notNull()
      .references(() => pushSubscriptions.id, { onDelete: 'cascade' }),
    /** What a later message of the same topic takes the place of. */
    topic: text().notNull(),
    about: jsonb().$type<PushTopic>().notNull(),
    createdAt: moment().notNull(),
    /** After it the message says nothing true any more. */
    expiresAt: moment().notNull(),
    nextTryAt: moment().notNull(),
    tries: integer().notNull().default(0),
  },
  (table) => [unique().on(table.subscriptionId, table.topic), index().on(table.nextTryAt)],
);

/** Cameras and relays that are out of reach, since when, and whether their owner was told. A row goes when it is over. */
export const outages = pgTable(
  'outages',
  {
    /** A camera's id, or a relay's. */
    id: primaryId(),
    agencyId: agencyId(),
    siteId: siteId(),
    isRelay: boolean().notNull(),
    since: moment().notNull(),
    toldAt: moment(),
  },
  (table) => [index().on(table.siteId)],
);
