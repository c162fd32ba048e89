import { z } from 'zod';

/**
 * What the relay gives out for one order about an alert or a preview, good for fifteen seconds: 32 bytes that it knows again by
 * its own MAC. An order that is taken makes all earlier ones void, so that no order is replayed, kept for later or put before
 * another one.
 */
export const orderChallengeSchema = z.base64url().length(43);
